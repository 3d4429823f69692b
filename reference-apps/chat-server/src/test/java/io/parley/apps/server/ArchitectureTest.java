package io.parley.apps.server;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The allowed dependencies between the packages of the server; any other fails the build. */
class ArchitectureTest {
    private static final String ROOT = "io.parley.apps.server";

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    /** Each package and those it uses. The root package uses them all, and none uses it. */
    private static final Map<String, Set<String>> ARROWS = new TreeMap<>(Map.ofEntries(
            Map.entry("files", Set.of()),
            Map.entry("names", Set.of()),
            Map.entry("terminal", Set.of()),
            Map.entry("monitoring", Set.of()),
            Map.entry("network", Set.of("files")),
            Map.entry("tls", Set.of("files", "network")),
            Map.entry("options", Set.of("files", "network", "tls")),
            Map.entry("accounts", Set.of("files", "names", "options", "terminal")),
            Map.entry("storage", Set.of("files", "options", "terminal")),
            Map.entry("log", Set.of("options", "terminal")),
            Map.entry("operator", Set.of("terminal"))));

    @Test
    void packagesUseOnlyTheirArrows() {
        Map<String, Set<String>> found = new TreeMap<>();
        ARROWS.keySet().forEach(name -> found.put(name, new TreeSet<>()));
        for (JavaClass type : MAIN) {
            String from = name(type);
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                if (!from.isEmpty()
                        && target.getPackageName().startsWith(ROOT)
                        && !name(target).equals(from)) {
                    found.computeIfAbsent(from, name -> new TreeSet<>()).add(name(target));
                }
            }
        }
        assertThat(found).isEqualTo(ARROWS);
    }

    @Test
    void thereIsNoCycle() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(MAIN);
    }

    /** The name of a package without that of the root package; empty for the root package itself. */
    private static String name(JavaClass type) {
        String name = type.getPackageName();
        return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1);
    }
}
