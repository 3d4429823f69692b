package io.parley;

import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.invoke.MethodHandles;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;

/** Which classes look for others by name: an ahead-of-time compiler must be told of what they find. */
public final class Reflection {
    private static final Set<String> LOOK_UPS = Set.of(
            "forName",
            "getMethod",
            "getDeclaredMethod",
            "getConstructor",
            "getDeclaredConstructor",
            "getField",
            "getDeclaredField",
            "findStatic",
            "findVirtual",
            "findConstructor",
            "findSpecial",
            "findClass",
            "load",
            "getResource",
            "getResourceAsStream");

    private Reflection() {}

    /** The classes of a package and its subpackages that do so, tests apart. */
    public static Set<String> users(String packageName) {
        Set<String> users = new TreeSet<>();
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(packageName)
                .forEach(type -> type.getMethodCallsFromSelf().stream()
                        .filter(Reflection::isLookUp)
                        .forEach(call -> users.add(type.getName())));
        return users;
    }

    private static boolean isLookUp(JavaMethodCall call) {
        Set<String> owners =
                Set.of(Class.class.getName(), MethodHandles.Lookup.class.getName(), ServiceLoader.class.getName());
        return owners.contains(call.getTargetOwner().getName()) && LOOK_UPS.contains(call.getName());
    }
}
