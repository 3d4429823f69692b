package io.parley.apps.server.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.parley.accounts.StoredAccounts;
import io.parley.apps.server.names.LookAlikeNames;
import io.parley.journal.MemoryJournal;
import io.parley.policy.Applicant;
import io.parley.policy.Credentials;
import io.parley.policy.Decision;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose account a certificate is. */
class CommonNameTest {
    private static X509Certificate of(String subject) {
        X500Principal principal = new X500Principal(subject);
        X509Certificate certificate = mock(X509Certificate.class);
        when(certificate.getSubjectX500Principal()).thenReturn(principal);
        return certificate;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CN=anna | anna",
                "CN=anna, O=parley | anna",
                "O=parley, CN=J\u00f6rg | J\u00f6rg",
                "CN=\"Lee, Anna\" | Lee, Anna",
                "CN=a\\+b | a+b",
                "CN=anna, CN=bob |",
                "CN=anna+CN=bob |",
                "O=parley |",
                "CN=#020105 |"
            })
    void isTheOneCommonName(String subject, String name) {
        assertThat(CommonName.of(of(subject))).isEqualTo(Optional.ofNullable(name));
    }

    /** Names that look alike are one name to those who choose one. A certificate proves its own name, and no other. */
    @ParameterizedTest
    @CsvSource({"mark,true", "MARK,true", "rnark,false", "m\u0430rk,false"})
    void aNameThatLooksAlikeIsNotTheSame(String shown, boolean comes) {
        X509Certificate certificate = of("CN=" + shown);
        try (StoredAccounts accounts = StoredAccounts.builder()
                .names(LookAlikeNames.INSTANCE)
                .certificates(CommonName::of)
                .open(MemoryJournal.withDefaults())
                .join()) {
            accounts.create("mark", "correct horse").join();
            Applicant applicant = Applicant.of(
                    LookAlikeNames.INSTANCE, "", new Credentials.Certificate(certificate), "test", "test", null, null);
            assertThat(accounts.login(applicant) instanceof Decision.Admit).isEqualTo(comes);
        }
    }

    @Test
    void anEmptySubjectHasNone() {
        assertThat(CommonName.of(of(""))).isEmpty();
    }
}
