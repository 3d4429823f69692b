package io.parley.apps.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.apps.client.options.ClientSettings.Mode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The file of a password or a token. */
class SecretFileTest {
    @ParameterizedTest
    @ValueSource(strings = {"--password-file", "--token-file"})
    void aSecretThatEverybodyCanReadIsRefused(String option, @TempDir Path folder) throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "secret\n");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
        Person alice = new Person(Mode.PIPE, "alice@127.0.0.1:1", option + "=" + secret);
        assertThat(alice.exitCode()).isEqualTo(2);
        assertThat(alice.complaints())
                .startsWith(option + ": everybody on this machine can read")
                .contains("chmod 600");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--password-file", "--token-file"})
    void aSecretThatIsNotUtf8IsRefused(String option, @TempDir Path folder) throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "pässword\n", ISO_8859_1);
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        Person alice = new Person(Mode.PIPE, "alice@127.0.0.1:1", option + "=" + secret);
        assertThat(alice.exitCode()).isEqualTo(2);
        assertThat(alice.complaints()).startsWith(option + ": " + secret + " is not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--password-file", "--token-file"})
    void aFileWithoutASecretIsRefused(String option, @TempDir Path folder) throws Exception {
        Path secret = folder.resolve("secret");
        Person none = new Person(Mode.PIPE, "alice@127.0.0.1:1", option + "=" + secret);
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.complaints()).startsWith(option + ": there is no " + secret);
        Files.createFile(secret, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Person empty = new Person(Mode.PIPE, "alice@127.0.0.1:1", option + "=" + secret);
        assertThat(empty.exitCode()).isEqualTo(2);
        assertThat(empty.complaints()).startsWith(option + ": nothing is in " + secret);
    }
}
