package io.parley.apps.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.apps.client.options.ClientSettings.Mode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasswordFileTest {
    @Test
    void aPasswordThatEverybodyCanReadIsRefused(@TempDir Path folder) throws Exception {
        Path password = Files.writeString(folder.resolve("password"), "secret\n");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-r--r--"));
        Person alice = new Person(Mode.PIPE, "alice@127.0.0.1:1", "--password-file=" + password);
        assertThat(alice.exitCode()).isEqualTo(2);
        assertThat(alice.complaints())
                .contains("everybody on this machine can read")
                .contains("chmod 600");
    }

    @Test
    void aPasswordThatIsNotUtf8IsRefused(@TempDir Path folder) throws Exception {
        Path password = Files.writeString(folder.resolve("password"), "pässword\n", ISO_8859_1);
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        Person alice = new Person(Mode.PIPE, "alice@127.0.0.1:1", "--password-file=" + password);
        assertThat(alice.exitCode()).isEqualTo(2);
        assertThat(alice.complaints()).startsWith("--password-file: " + password + " is not UTF-8");
    }
}
