package io.parley.transport.nio;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.parley.Reflection;
import org.junit.jupiter.api.Test;

/** A transport knows the seam and no more of Parley. */
class ArchitectureTest {
    @Test
    void usesNothingOfChat() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("io.parley..")
                        .and(resideInAnyPackage("io.parley.transport", "io.parley.transport.nio")
                                .negate()))
                .because("a transport only moves bytes")
                .allowEmptyShould(true)
                .check(new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.parley.transport.nio"));
    }

    @Test
    void nothingIsFoundByReflection() {
        assertThat(Reflection.users("io.parley.transport.nio")).isEmpty();
    }
}
