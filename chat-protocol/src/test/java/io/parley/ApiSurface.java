package io.parley;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The public surface of a module: every public type of its exported packages with its public members, a line each; with
 * the protected ones too, if others can extend the type. It is compared with the lines that are recorded in the module's {@code api.txt}. CONTRIBUTING says how to
 * change it on purpose.
 */
public final class ApiSurface {
    private static final Path RECORD = Path.of("api.txt");
    private static final String BREAKS = "- Breaks: ";

    private ApiSurface() {}

    /**
     * Compares the module of a class with its record. With the system property {@code api.record} it writes the record,
     * if the changelog names every type that breaks.
     */
    public static void check(Class<?> ofModule) throws IOException {
        Set<String> now = surface(ofModule);
        Set<String> before = new TreeSet<>(Files.exists(RECORD) ? Files.readAllLines(RECORD) : List.of());
        Set<String> breaks = breaks(before, now);
        if (Boolean.getBoolean("api.record")) {
            List<String> told = Files.readAllLines(changelog()).stream()
                    .filter(line -> line.startsWith(BREAKS))
                    .toList();
            assertThat(breaks)
                    .as("a line of CHANGELOG.md begins with \"" + BREAKS + "\" and names the type")
                    .allMatch(line -> told.stream().anyMatch(text -> text.contains(simpleName(line))));
            Files.write(RECORD, now);
            return;
        }
        assertThat(breaks)
                .as("members that programs compiled against the recorded surface use or must implement")
                .isEmpty();
        assertThat(now).as("members that are not recorded").isEqualTo(before);
    }

    private static Path changelog() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("CHANGELOG.md"))) {
            folder = Objects.requireNonNull(folder.getParent(), "a folder above with CHANGELOG.md");
        }
        return folder.resolve("CHANGELOG.md");
    }

    /** The type that a line is about, without its package. */
    static String simpleName(String line) {
        String type = line.substring(0, line.indexOf(':'));
        return type.substring(type.lastIndexOf('.') + 1);
    }

    /** The lines that are gone, and the new ones that a class of somebody else does not implement. */
    static Set<String> breaks(Set<String> before, Set<String> now) {
        Set<String> breaks = new TreeSet<>(before);
        breaks.removeAll(now);
        Set<String> types = before.stream()
                .map(line -> line.substring(0, line.indexOf(':')))
                .collect(Collectors.toSet());
        now.stream()
                .filter(line -> !before.contains(line) && line.contains(" abstract ") && line.contains("("))
                .filter(line -> types.contains(line.substring(0, line.indexOf(':'))))
                .forEach(breaks::add);
        return breaks;
    }

    /** The lines of the module that a class is in, as it was compiled. */
    static Set<String> surface(Class<?> ofModule) throws IOException {
        Path classes;
        try {
            classes = Path.of(
                    ofModule.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
        ModuleDescriptor module;
        try (InputStream descriptor = Files.newInputStream(classes.resolve("module-info.class"))) {
            module = ModuleDescriptor.read(descriptor);
        }
        Set<String> packages =
                module.exports().stream().map(ModuleDescriptor.Exports::source).collect(Collectors.toSet());
        Predicate<Class<?>> seen =
                type -> isVisible(type) && (packages.contains(type.getPackageName()) || !isIn(classes, type));
        Set<String> lines = new TreeSet<>();
        for (String exported : packages) {
            try (Stream<Path> files = Files.list(classes.resolve(exported.replace('.', '/')))) {
                files.map(file -> file.getFileName().toString())
                        .filter(file -> file.endsWith(".class") && !file.startsWith("package-info"))
                        .map(file -> load(exported + "." + file.substring(0, file.length() - 6), ofModule))
                        .filter(ApiSurface::isVisible)
                        .forEach(type -> describe(type, seen, lines));
            }
        }
        return lines;
    }

    /** Whether a type is of the module with these classes. */
    private static boolean isIn(Path classes, Class<?> type) {
        return Files.exists(classes.resolve(type.getName().replace('.', '/') + ".class"));
    }

    private static Class<?> load(String name, Class<?> beside) {
        try {
            return Class.forName(name, false, beside.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isVisible(Class<?> type) {
        for (Class<?> each = type; each != null; each = each.getEnclosingClass()) {
            if ((each.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) == 0 || each.isAnonymousClass()) {
                return false;
            }
        }
        return true;
    }

    private static void describe(Class<?> type, Predicate<Class<?>> seen, Set<String> lines) {
        String name = type.getCanonicalName();
        lines.add(name + ": " + declaration(type) + supertypes(type, seen) + permitted(type));
        Set<String> known = new HashSet<>();
        for (Class<?> part : parts(type, seen)) {
            Stream.of(
                            part.getDeclaredFields(),
                            part == type ? part.getDeclaredConstructors() : new Member[0],
                            part.getDeclaredMethods())
                    .flatMap(Arrays::stream)
                    .filter(member -> isVisible(member) && (Modifier.isPublic(member.getModifiers()) || isOpen(type)))
                    .filter(member -> !(member instanceof Method method) || known.add(signature(method)))
                    .map(ApiSurface::text)
                    .forEach(text -> lines.add(name + ":   " + text));
        }
    }

    /** A type and its supertypes that nobody else sees, the nearest first: what they have is the type's own. */
    private static List<Class<?>> parts(Class<?> type, Predicate<Class<?>> seen) {
        List<Class<?>> parts = new ArrayList<>(List.of(type));
        for (int i = 0; i < parts.size(); i++) {
            Class<?> part = parts.get(i);
            Stream.concat(Stream.ofNullable(part.getSuperclass()), Arrays.stream(part.getInterfaces()))
                    .filter(parent -> !seen.test(parent) && !parts.contains(parent))
                    .forEach(parts::add);
        }
        return parts;
    }

    private static String signature(Method method) {
        return method.getName() + Arrays.toString(method.getParameterTypes());
    }

    /** Whether somebody else can extend a type: what is protected is for those who do. */
    private static boolean isOpen(Class<?> type) {
        return !Modifier.isFinal(type.getModifiers())
                && Arrays.stream(type.getDeclaredConstructors()).anyMatch(ApiSurface::isVisible);
    }

    /** As Class.toGenericString, which is not the same on every JDK. */
    private static String declaration(Class<?> type) {
        String kind = type.isRecord() ? "record" : type.isEnum() ? "enum" : type.isInterface() ? "interface" : "class";
        String parameters = names(
                type.getTypeParameters(),
                parameter -> parameter.getName() + " extends " + names(parameter.getBounds(), Type::getTypeName));
        return Modifier.toString(type.getModifiers() & ~Modifier.INTERFACE)
                + " "
                + kind
                + (parameters.isEmpty() ? "" : " <" + parameters + ">");
    }

    private static String supertypes(Class<?> type, Predicate<Class<?>> seen) {
        Set<String> parents = new TreeSet<>();
        for (Class<?> part : parts(type, seen)) {
            Type[] generic = part.getGenericInterfaces();
            for (int i = 0; i < generic.length; i++) {
                if (seen.test(part.getInterfaces()[i])) {
                    parents.add(generic[i].getTypeName());
                }
            }
        }
        Class<?> last = type;
        while (last.getSuperclass() != null && !seen.test(last.getSuperclass())) {
            last = last.getSuperclass();
        }
        Type parent = last.getGenericSuperclass();
        return (parent == null ? "" : " extends " + parent.getTypeName())
                + (parents.isEmpty() ? "" : " with " + String.join(", ", parents));
    }

    private static String permitted(Class<?> type) {
        return type.isSealed() ? " permits " + names(type.getPermittedSubclasses(), Class::getName) : "";
    }

    private static <T> String names(T[] all, Function<T, String> name) {
        return Arrays.stream(all).map(name).sorted().collect(Collectors.joining(", "));
    }

    private static boolean isVisible(Member member) {
        return !member.isSynthetic() && (member.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0;
    }

    private static String text(Member member) {
        if (member instanceof Executable executable) {
            // Whether a method is synchronized or native is no part of the surface.
            return executable
                    .toGenericString()
                    .replace(" synchronized ", " ")
                    .replace(" native ", " ")
                    .replace(member.getDeclaringClass().getTypeName() + ".", "");
        }
        return constant((Field) member);
    }

    /** A field; a constant with its value, which callers have compiled in. */
    private static String constant(Field field) {
        String text = field.toGenericString();
        boolean compiledIn = Modifier.isStatic(field.getModifiers())
                && Modifier.isFinal(field.getModifiers())
                && (field.getType().isPrimitive() || field.getType() == String.class);
        try {
            return compiledIn && field.trySetAccessible() ? text + " = " + field.get(null) : text;
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
