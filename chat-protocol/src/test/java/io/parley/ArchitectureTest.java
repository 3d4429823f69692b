package io.parley;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
            arrows("policy", "codec", "model"),
            arrows("log", "transport"),
            arrows("sequencer", "codec", "model", "log", "journal"),
            arrows("membership", "codec", "model", "log", "journal"),
            arrows("room", "codec", "model", "policy", "log", "journal", "membership", "sequencer"),
            arrows("gateway", "codec", "model", "policy", "journal", "log", "room", "transport"),
            arrows("server", "gateway", "codec", "model", "wire", "transport", "journal", "policy", "log", "room"),
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

    @Test
    void noCycleBetweenPackages() {
        Map<String, Set<String>> uses = new TreeMap<>();
        ARROWS.forEach((from, to) -> uses.put(from, Set.copyOf(to)));
        assertThat(Cycles.of(uses)).isEmpty();
    }

    /**
     * The largest cycle of classes in each package, nested classes counted with their outermost. A smaller one is to be
     * recorded here; a larger one is a step back. The frames of {@code wire} and their two roots with a method for each are
     * one cycle by design, so arrows to the roots do not count.
     */
    private static final Map<String, Integer> CLASS_CYCLES = Map.ofEntries(
            Map.entry("io.parley.client", 3),
            Map.entry("io.parley.codec", 1),
            Map.entry("io.parley.gateway", 4),
            Map.entry("io.parley.journal", 1),
            Map.entry("io.parley.log", 4),
            Map.entry("io.parley.membership", 1),
            Map.entry("io.parley.model", 2),
            Map.entry("io.parley.policy", 3),
            Map.entry("io.parley.room", 4),
            Map.entry("io.parley.sequencer", 3),
            Map.entry("io.parley.server", 1),
            Map.entry("io.parley.transport", 2),
            Map.entry("io.parley.transport.memory", 2),
            Map.entry("io.parley.wire", 3));

    private static final Set<String> ROOTS = Set.of("Frame", "ClientFrame", "ServerFrame");

    @ParameterizedTest
    @MethodSource("packages")
    void classesFormShortChains(String name) {
        Map<String, Set<String>> uses = new TreeMap<>();
        for (JavaClass type : MAIN) {
            if (type.getPackageName().equals(name)) {
                Set<String> used = uses.computeIfAbsent(outermost(type), key -> new TreeSet<>());
                type.getDirectDependenciesFromSelf().stream()
                        .map(Dependency::getTargetClass)
                        .filter(target -> target.getPackageName().equals(name) && !target.isArray())
                        .map(ArchitectureTest::outermost)
                        .filter(target -> !ROOTS.contains(target))
                        .forEach(used::add);
            }
        }
        List<Set<String>> cycles = Cycles.of(uses);
        int largest = cycles.stream().mapToInt(Set::size).max().orElse(1);
        assertThat(largest).as("largest of %s", cycles).isEqualTo(CLASS_CYCLES.get(name));
    }

    private static String outermost(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTest::outermost).orElseGet(type::getSimpleName);
    }

    /** The most files that a package may have, and what the larger ones have: fewer are to be recorded here. */
    private static final int FILES = 30;

    private static final Map<String, Integer> LARGE = Map.ofEntries(
            Map.entry("io.parley.client", 36),
            Map.entry("io.parley.model", 42),
            Map.entry("io.parley.room", 43),
            Map.entry("io.parley.wire", 70));

    @ParameterizedTest
    @MethodSource("packages")
    void aPackageIsSmall(String name) throws IOException {
        try (Stream<Path> all = Files.list(Path.of("src", "main", "java").resolve(name.replace('.', '/')))) {
            int files =
                    (int) all.filter(file -> file.toString().endsWith(".java")).count();
            if (LARGE.containsKey(name)) {
                assertThat(files).isEqualTo(LARGE.get(name));
            } else {
                assertThat(files).isLessThanOrEqualTo(FILES);
            }
        }
    }

    @Test
    void nothingIsFoundByReflection() {
        assertThat(Reflection.users("io.parley")).isEmpty();
    }
}
