package io.parley.apps.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.parley.apps.client.options.Login;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Which login the options and the environment say. */
class AccountArgumentsTest {
    private static final Map<String, String> NOTHING = Map.of();
    private static final Map<String, String> PASSWORD = Map.of("PARLEY_PASSWORD", "correct horse");
    private static final Map<String, String> TOKEN = Map.of("PARLEY_TOKEN", "parley-1");
    private static final Map<String, String> BOTH =
            Map.of("PARLEY_PASSWORD", "correct horse", "PARLEY_TOKEN", "parley-1");

    @TempDir
    private Path folder;

    private String password = "";
    private String token = "";

    @BeforeEach
    void files() throws IOException {
        password = "--password-file=" + file("password", "from a file\nsecond line\n");
        token = "--token-file=" + file("token", "parley-2\n");
    }

    private Path file(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static Login login(Map<String, String> environment, String... options) throws IOException {
        return CommandLine.populateCommand(new AccountArguments(environment), options)
                .login("anna");
    }

    @Test
    void theEnvironmentSaysHow() throws IOException {
        assertThat(login(NOTHING)).isEqualTo(Login.GUEST);
        assertThat(login(PASSWORD)).isEqualTo(new Login.Password("correct horse"));
        assertThat(login(TOKEN)).isEqualTo(new Login.Token("parley-1"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> login(BOTH))
                .withMessage("PARLEY_PASSWORD and PARLEY_TOKEN: set one of them");
    }

    @Test
    void optionsCountBeforeTheEnvironment() throws IOException {
        for (Map<String, String> environment : List.of(NOTHING, PASSWORD, TOKEN, BOTH)) {
            assertThat(login(environment, password)).isEqualTo(new Login.Password("from a file"));
            assertThat(login(environment, token)).isEqualTo(new Login.Token("parley-2"));
            assertThat(login(environment, "--register", password)).isEqualTo(new Login.Registration("from a file", ""));
            assertThat(login(environment, "--scram", password)).isInstanceOf(Login.Scram.class);
        }
        assertThat(login(BOTH, "--register", "--code=c")).isEqualTo(new Login.Registration("correct horse", "c"));
        assertThat(login(BOTH, "--scram")).isInstanceOf(Login.Scram.class);
    }

    @ParameterizedTest
    @CsvSource({
        "--scram, there is no password",
        "--code=c, it is for --register",
        "--register --scram PASSWORD, leave --scram out",
        "PASSWORD TOKEN, a token is enough",
        "--scram TOKEN, a token is enough",
        "--register TOKEN, a token is enough"
    })
    void optionsThatContradictEachOtherAreRefused(String options, String words) {
        String[] given =
                options.replace("PASSWORD", password).replace("TOKEN", token).split(" ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> login(NOTHING, given))
                .withMessageContaining(words);
    }

    @Test
    void aPasswordThatScramCannotProveIsRefusedAtOnce() throws IOException {
        String bad = "--password-file=" + file("bad", "caf\u00e9\ufffd horse\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> login(NOTHING, "--scram", bad))
                .withMessageStartingWith("--scram: SCRAM cannot prove this password");
    }

    @Test
    void noSecretIsShown() throws IOException {
        String shown = login(PASSWORD) + " " + login(TOKEN) + " " + login(PASSWORD, "--scram") + " "
                + login(PASSWORD, "--register", "--code=c");
        assertThat(shown).isEqualTo("by password by token Scram[proof=login of anna by SCRAM] by registration");
    }
}
