package io.parley.accounts;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.codec.Bytes;
import io.parley.codec.MalformedException;
import io.parley.journal.KeyValue;
import io.parley.model.Identity;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccountRecordTest {
    private static final AccountRecord ANNA =
            new AccountRecord("anna", "0a1b", "Anna", Verifiers.of("hash"), true, false, 1_000, 300);

    @Test
    void hasOneFormOfBytes() {
        KeyValue value = ANNA.toValue(true);
        assertThat(value.kind()).isEqualTo("account");
        assertThat(value.key()).isEqualTo("anna");
        assertThat(value.vital()).isTrue();
        assertThat(value.value())
                .isEqualTo(Bytes.fromHex(
                        "01" + "0430613162" + "04416e6e61" + "0468617368" + "01" + "00" + "00000000000003e8" + "ac02"));
        assertThat(AccountRecord.of(value)).isEqualTo(ANNA);
    }

    @Test
    void hasKeysOfScramInAFormOfItsOwn() {
        AccountRecord other = ANNA.rehashed(new Verifiers("hash", "keys"));
        KeyValue value = other.toValue(true);
        assertThat(value.value())
                .isEqualTo(Bytes.fromHex("02" + "0430613162" + "04416e6e61" + "0468617368" + "01" + "00"
                        + "00000000000003e8" + "ac02" + "046b657973"));
        assertThat(AccountRecord.of(value)).isEqualTo(other);
    }

    @Test
    void whatALaterVersionHasWrittenIsRefused() {
        byte[] bytes = requireNonNull(ANNA.toValue(false).value()).toArray();
        bytes[0] = 3;
        assertThatThrownBy(() -> AccountRecord.of(new KeyValue("account", "anna", Bytes.of(bytes))))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("later version");
        assertThatThrownBy(() -> AccountRecord.of(new KeyValue("account", "anna", Bytes.of(new byte[] {1, 9}))))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void isAnIdentityAndAnAccount() {
        assertThat(ANNA.toIdentity().attributes())
                .isEqualTo(Map.of(AccountRecord.CREDENTIAL, "300", Identity.OPERATOR, "true"));
        assertThat(ANNA.withBot(true).withOperator(false).toIdentity().attributes())
                .isEqualTo(Map.of(AccountRecord.CREDENTIAL, "300", "bot", "true"));
        assertThat(ANNA.withPassword(Verifiers.of("x")).toIdentity().attributes())
                .containsEntry(AccountRecord.CREDENTIAL, "301");
        assertThat(ANNA.rehashed(Verifiers.of("x")).toIdentity()).isEqualTo(ANNA.toIdentity());
        assertThat(ANNA.toAccount()).isEqualTo(new Account("0a1b", "Anna", true, false, Instant.ofEpochSecond(1)));
        assertThat(ANNA.toString()).doesNotContain("hash");
    }
}
