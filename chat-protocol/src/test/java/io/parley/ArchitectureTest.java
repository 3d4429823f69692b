package io.parley;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows between the packages of this module; any other fails the build. */
class ArchitectureTest {
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.parley");

    /** Each package and those it may use, besides java.base and the annotations of JSpecify. */
    private static final Map<String, List<String>> ARROWS = new TreeMap<>(Map.ofEntries(
            arrows("codec"),
            arrows("transport"),
            arrows("model", "codec"),
            arrows("wire", "model", "codec"),
            arrows("journal", "model", "codec"),
            arrows("policy", "model"),
            arrows("log"),
            arrows("room", "model", "policy", "log", "journal"),
            arrows("server", "codec", "model", "wire", "transport", "journal", "policy", "log", "room"),
            arrows("client", "codec", "model", "wire", "transport"),
            arrows("transport.memory", "transport")));

    private static Map.Entry<String, List<String>> arrows(String from, String... to) {
        return Map.entry(
                "io.parley." + from,
                Stream.of(to).map(name -> "io.parley." + name).toList());
    }

    /** Packages of java.base, as far as names tell; module-info.java keeps out the rest of java.. */
    private static final List<String> PLATFORM =
            List.of("java..", "javax.net..", "javax.crypto..", "javax.security..", "org.jspecify.annotations");

    /** What java.base has of sockets besides {@code java.nio.channels}; an address is only a name. */
    private static final DescribedPredicate<JavaClass> SOCKETS = describe(
            "sockets and channels",
            type -> type.getPackageName().startsWith("java.nio.channels")
                    || (Set.of("java.net", "javax.net", "javax.net.ssl").contains(type.getPackageName())
                            && type.getSimpleName().matches("(SSL)?(Server|Multicast|Datagram)?(Socket|Packet).*")
                            && !type.getSimpleName().startsWith("SocketAddress")));

    static Stream<String> packages() {
        return ARROWS.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void usesOnlyItsArrows(String name) {
        String[] allowed = Stream.of(List.of(name), ARROWS.get(name), PLATFORM)
                .flatMap(List::stream)
                .toArray(String[]::new);
        classes()
                .that()
                .resideInAPackage(name)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed)
                .allowEmptyShould(true)
                .check(MAIN);
    }

    @Test
    void everyPackageHasItsArrows() {
        assertThat(MAIN.stream().map(JavaClass::getPackageName).distinct()).isSubsetOf(ARROWS.keySet());
    }

    @Test
    void noneUsesSockets() {
        noClasses()
                .should()
                .dependOnClassesThat(SOCKETS)
                .because("only a transport module opens sockets")
                .allowEmptyShould(true)
                .check(MAIN);
    }
}
