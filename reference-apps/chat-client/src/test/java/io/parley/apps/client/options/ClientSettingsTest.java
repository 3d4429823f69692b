package io.parley.apps.client.options;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.model.NamePolicy;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientSettingsTest {
    @ParameterizedTest
    @CsvSource({
        "alice, alice",
        "Alice Smith, alicesmith",
        "DOMAIN\\alice, domainalice",
        "?, guest",
        "'', guest",
        "..., guest",
        "abcdefghijklmnopqrstuvwxyzabcdefghijkl, abcdefghijklmnopqrstuvwxyzabcdef"
    })
    void theSystemsNameIsMadeOneThatServersTake(String system, String nick) {
        assertThat(ClientSettings.nickOf(system)).isEqualTo(nick);
    }

    @Property(tries = 300, seed = "4711")
    void anyPlainNameBecomesOneThatServersTake(@ForAll @StringLength(max = 50) String system) {
        String plain = system.replaceAll("[^\\x00-\\x7F]", "");
        String nick = ClientSettings.nickOf(plain);
        assertThat(NamePolicy.standard().user(nick).display()).isEqualTo(nick);
    }
}
