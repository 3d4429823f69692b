package io.parley.apps.server.accounts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parley.apps.server.ChatServerApp;
import io.parley.apps.server.Program;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Accounts, their file, and the command that edits it. */
class AccountsTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String input, String... args) {
        return Program.run(
                new ByteArrayInputStream(input.getBytes(UTF_8)),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                args);
    }

    @Test
    void theFileIsKeptByACommand() throws Exception {
        String file = folder.resolve("accounts").toString();
        assertThat(run("secret\n", "account", "add", file, "Anna")).isZero();
        assertThat(run("other\n", "account", "add", file, "bob")).isZero();
        assertThat(run("", "account", "list", file)).isZero();
        assertThat(out.toString(UTF_8).lines()).containsExactly("Anna is added", "bob is added", "anna", "bob");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(file))))
                .isEqualTo("rw-------");
        assertThat(Files.readString(Path.of(file))).doesNotContain("secret");
        Accounts accounts = Accounts.read(Path.of(file));
        assertThat(accounts.matches("ANNA", "secret")).isTrue();
        assertThat(accounts.matches("anna", "other")).isFalse();
        assertThat(accounts.matches("nobody", "secret")).isFalse();
        assertThat(accounts.matches("no name", "secret")).isFalse();
        assertThat(accounts.matches("anna", "secret" + "x".repeat(100))).isFalse();
        assertThat(run("", "account", "remove", file, "anna")).isZero();
        assertThat(Accounts.read(Path.of(file)).names()).containsExactly("bob");
    }

    @Test
    void whatCannotBeIsRefused() throws Exception {
        Path file = folder.resolve("accounts");
        assertThat(run("\n", "account", "add", file.toString(), "anna")).isEqualTo(1);
        assertThat(run("x".repeat(73) + "\n", "account", "add", file.toString(), "anna"))
                .isEqualTo(1);
        assertThat(run("secret\n", "account", "add", file.toString(), "a b")).isEqualTo(1);
        assertThat(run("secret\n", "account", "add", file.toString())).isEqualTo(2);
        assertThat(folder).isEmptyDirectory();
        Files.writeString(file, "anna\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThatThrownBy(() -> Accounts.read(file))
                .hasMessage(file + ", line 1: not name:hash or name:hash:operator");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> Accounts.read(file)).hasMessageContaining("chmod 600");
        assertThat(run("", "--accounts", file.toString(), "--check-config")).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("--accounts: passwords would travel in the clear");
        assertThat(run("", "--accounts", file.toString(), "--registration=open", "--host=127.0.0.1", "--check-config"))
                .isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("--registration: accounts of a file");
    }

    @Test
    void aNewPasswordIsSaidToBeOneAndNobodyCannotBeRemoved() throws Exception {
        String file = folder.resolve("accounts").toString();
        assertThat(run("", "account", "list", file)).isEqualTo(1);
        assertThat(run("", "account", "remove", file, "anna")).isEqualTo(1);
        assertThat(err.toString(UTF_8).lines()).containsExactly("there is no file " + file, "there is no file " + file);
        Path nowhere = folder.resolve("none/accounts");
        assertThat(run("secret\n", "account", "add", nowhere.toString(), "anna"))
                .isEqualTo(1);
        assertThat(err.toString(UTF_8)).endsWith("there is no folder " + nowhere.getParent() + System.lineSeparator());
        assertThat(run("secret\n", "account", "add", file, "anna")).isZero();
        assertThat(run("other\n", "account", "add", file, "anna")).isZero();
        assertThat(run("", "account", "remove", file, "bob")).isEqualTo(1);
        assertThat(err.toString(UTF_8)).endsWith("there is no account bob in " + file + System.lineSeparator());
        assertThat(run("", "account", "remove", file, "anna")).isZero();
        assertThat(out.toString(UTF_8).lines())
                .containsExactly("anna is added", "anna has a new password", "anna is removed");
    }

    @Test
    void accountsThatLookAlikeAreOne() throws Exception {
        Path file = folder.resolve("accounts");
        assertThat(run("secret\n", "account", "add", file.toString(), "Jim")).isZero();
        assertThat(Files.readString(file)).startsWith("jim:");
        Accounts accounts = Accounts.read(file);
        assertThat(accounts.matches("jIrn", "secret")).isTrue();
        assertThat(accounts.has("[j1m]")).isTrue();
        assertThat(accounts.has("tim")).isFalse();
        assertThat(run("other\n", "account", "add", file.toString(), "jirn")).isEqualTo(1);
        assertThat(run("", "account", "remove", file.toString(), "j1m")).isEqualTo(1);
        assertThat(err.toString(UTF_8).lines())
                .containsExactly(
                        "the name jirn looks like that of the account jim; choose another",
                        "the name j1m looks like that of the account jim; choose another");
        assertThat(run("other\n", "account", "add", file.toString(), "JIM")).isZero();
        assertThat(Accounts.read(file).matches("jim", "other")).isTrue();
    }

    @Test
    void aFileHasNoNameTwiceAndNoneThatCannotBe() throws Exception {
        Path file = folder.resolve("accounts");
        Accounts.none().with("jim", "secret").write(file);
        Files.writeString(file, "bob:x\njim:x\nj1m:x\n");
        assertThatThrownBy(() -> Accounts.read(file))
                .hasMessage(
                        file + ", line 3: the names jim and j1m are the same or look alike; remove one of the lines");
        Files.writeString(file, "bob:x\na b:x\n");
        assertThatThrownBy(() -> Accounts.read(file)).hasMessageStartingWith(file + ", line 2: a name cannot have");
    }

    @Test
    void anAccountIsMadeAnOperatorAndStaysOneWithANewPassword() throws Exception {
        Path file = folder.resolve("accounts");
        String path = file.toString();
        Accounts.none().with("anna", "secret").with("bob", "secret").write(file);
        assertThat(run("", "account", "operator", path, "Anna")).isZero();
        assertThat(Files.readAllLines(file))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("anna:$2a$").endsWith(":operator"),
                        line -> assertThat(line).matches("bob:[^:]*"));
        assertThat(run("other\n", "account", "add", path, "anna")).isZero();
        Accounts accounts = Accounts.read(file);
        assertThat(accounts.isOperator("ANNA")).isTrue();
        assertThat(accounts.isOperator("bob")).isFalse();
        assertThat(accounts.isOperator("nobody")).isFalse();
        assertThat(accounts.matches("anna", "other")).isTrue();
        assertThat(run("", "account", "list", path)).isZero();
        assertThat(run("", "account", "operator", path, "anna", "off")).isZero();
        assertThat(Accounts.read(file).isOperator("anna")).isFalse();
        assertThat(Accounts.read(file).matches("anna", "other")).isTrue();
        assertThat(out.toString(UTF_8).lines())
                .containsExactly(
                        "Anna is an operator",
                        "anna has a new password",
                        "anna, an operator",
                        "bob",
                        "anna is no operator");
        assertThat(run("", "account", "operator", path, "carol")).isEqualTo(1);
        assertThat(run("", "account", "operator", path)).isEqualTo(2);
        assertThat(run("", "account", "remove", path, "bob", "off")).isEqualTo(2);
        assertThat(Accounts.read(file).names()).containsExactly("anna", "bob");
    }

    @ParameterizedTest
    @ValueSource(strings = {"anna:x:owner", "anna:x:operator:y", "anna:x:", "anna", ":x"})
    void aLineThatIsNoneIsRefused(String line) throws Exception {
        Path file = folder.resolve("accounts");
        Accounts.none().with("jim", "secret").write(file);
        Files.writeString(file, "bob:x:operator\n\n" + line + "\n");
        assertThatThrownBy(() -> Accounts.read(file))
                .hasMessage(file + ", line 3: not name:hash or name:hash:operator");
    }

    @Test
    void whatIsTypedUnseenIsTypedTwice() throws Exception {
        Deque<String> typed = new ArrayDeque<>(List.of("secret", "secret", "secret", "sacred", "secret"));
        PasswordSource passwords = PasswordSource.typed(prompt -> {
            String next = typed.poll();
            return next == null ? null : next.toCharArray();
        });
        assertThat(passwords.ask()).isEqualTo("secret");
        assertThatThrownBy(passwords::ask).hasMessageContaining("are not the same");
        assertThatThrownBy(passwords::ask).hasMessageContaining("no password was typed");
    }

    @Test
    void aFileKeepsItsModeAndALinkStaysOne() throws Exception {
        Path file = folder.resolve("accounts");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file.getFileName());
        assertThat(Accounts.none().with("anna", "secret").write(file)).isEmpty();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(run("secret\n", "account", "add", link.toString(), "bob")).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        assertThat(link).isSymbolicLink();
        assertThat(Accounts.read(file).names()).containsExactly("anna", "bob");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(file, link, folder.resolve("accounts.lock"));
        }
    }

    @Test
    void aFileStaysItsOwners() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root gives files away");
        Path file = folder.resolve("accounts");
        Accounts.none().with("anna", "secret").write(file);
        UserPrincipal owner = folder.getFileSystem()
                .getUserPrincipalLookupService()
                .lookupPrincipalByName("1234"); // a number is somebody, too
        Files.setOwner(file, owner);
        assertThat(run("secret\n", "account", "add", file.toString(), "bob")).isZero();
        assertThat(Files.getOwner(file)).isEqualTo(owner);
        assertThat(err.toString(UTF_8)).isEmpty();
    }

    @Test
    void whatHappensWhileAPasswordIsTypedStays() throws Exception {
        Path file = folder.resolve("accounts");
        Accounts.none().with("anna", "secret").with("bob", "secret").write(file);
        PasswordSource slow = () -> {
            assertThat(run("secret\n", "account", "add", file.toString(), "carol"))
                    .isZero();
            assertThat(run("", "account", "remove", file.toString(), "bob")).isZero();
            return "secret";
        };
        AccountCommand command =
                new AccountCommand(slow, (socket, line) -> 1, new PrintStream(out), new PrintStream(err));
        assertThat(new CommandLine(command).execute("ADD", file.toString(), "dan"))
                .isZero();
        assertThat(Accounts.read(file).names()).containsExactly("anna", "carol", "dan");
    }

    @Test
    void severalAtOnceLoseNothing() throws Exception {
        Path file = folder.resolve("accounts");
        List<String> names = List.of("anna", "bob", "carol", "dan", "eve", "frank");
        List<Process> adding = new ArrayList<>();
        try {
            for (String name : names) {
                adding.add(new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                ChatServerApp.class.getName(),
                                "account",
                                "add",
                                file.toString(),
                                name)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve(name).toFile())
                        .start());
            }
            for (Process one : adding) {
                try (OutputStream password = one.getOutputStream()) {
                    password.write("secret\n".getBytes(UTF_8));
                }
            }
            for (Process one : adding) {
                assertThat(one.waitFor(3, TimeUnit.MINUTES)).isTrue();
                assertThat(one.exitValue()).isZero();
            }
        } finally {
            adding.forEach(Process::destroyForcibly);
        }
        assertThat(Accounts.read(file).names()).containsExactlyElementsOf(names);
    }
}
