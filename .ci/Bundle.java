import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Checks the upload of a release; a single-file program, run in the top folder.
 *
 * <pre>
 * Bundle.java VERSION ZIP FOLDER    prints what ZIP has, and each fault; exits with 1 if there is one
 * </pre>
 *
 * FOLDER is a repository that another build of the same version was deployed to. What must be published is the list of
 * reference-apps/chat-bom/pom.xml. Signatures are checked with gpg, which finds the key by GNUPGHOME.
 */
final class Bundle {
    private static final Path BOM = Path.of("reference-apps", "chat-bom", "pom.xml");
    private static final String GROUP = "io.parley";
    private static final String HOME = "https://parley.io";

    /** The names of checksums' files end with these. A repository demands the first two. */
    private static final Map<String, String> CHECKSUMS = new LinkedHashMap<>();

    static {
        CHECKSUMS.put(".md5", "MD5");
        CHECKSUMS.put(".sha1", "SHA-1");
        CHECKSUMS.put(".sha256", "SHA-256");
        CHECKSUMS.put(".sha512", "SHA-512");
    }

    private final String version;
    private final List<String> faults = new ArrayList<>();
    /** What nobody asked for yet, by path. */
    private final Map<String, byte[]> left;

    private Bundle(String version, Map<String, byte[]> files) {
        this.version = version;
        this.left = files;
    }

    public static void main(String[] args) throws Exception {
        if (args.length != 3) {
            System.err.println("usage: VERSION ZIP FOLDER");
            System.exit(2);
        }
        Map<String, byte[]> files = unzipped(Files.readAllBytes(Path.of(args[1])));
        Bundle bundle = new Bundle(args[0], new TreeMap<>(files));
        bundle.sameAs(Path.of(args[2]), files);
        bundle.artifact("chat-bom", true);
        for (Element managed : all(all(xml(Files.readAllBytes(BOM)), "dependencyManagement").get(0), "dependency")) {
            bundle.artifact(text(managed, "artifactId"), false);
        }
        bundle.left.keySet().forEach(path -> bundle.fault("Not to be published", path));
        bundle.faults.forEach(fault -> System.err.println("bundle: " + fault));
        System.out.printf("%,d bytes in %d files, %d faults%n", size(files), files.size(), bundle.faults.size());
        System.exit(bundle.faults.isEmpty() ? 0 : 1);
    }

    private void fault(String what, String where) {
        faults.add(what + ": " + where);
    }

    /** Compares all but signatures, and all checksums but those that only one of the two builds makes. */
    private void sameAs(Path folder, Map<String, byte[]> files) throws IOException {
        Set<String> paths = new TreeSet<>();
        try (Stream<Path> found = Files.walk(folder)) {
            found.filter(Files::isRegularFile)
                    .map(path -> folder.relativize(path).toString().replace('\\', '/'))
                    .filter(path -> !path.contains("/maven-metadata.xml"))
                    .forEach(paths::add);
        }
        Set<String> all = new TreeSet<>(paths);
        all.addAll(files.keySet());
        for (String path : all) {
            if (path.endsWith(".asc") || path.contains(".asc.") || path.endsWith(".sha256") || path.endsWith(".sha512")) {
                continue;
            }
            if (!paths.contains(path) || !files.containsKey(path)) {
                fault("In one of the two builds only", path);
            } else if (!Arrays.equals(files.get(path), Files.readAllBytes(folder.resolve(path)))) {
                fault("Not the same in both builds", path);
            }
        }
    }

    private void artifact(String name, boolean onlyPom) throws Exception {
        System.out.println(GROUP + ":" + name + ":" + version);
        String start = GROUP.replace('.', '/') + "/" + name + "/" + version + "/" + name + "-" + version;
        pom(name, onlyPom, start + ".pom", file(start + ".pom"));
        if (!onlyPom) {
            Map<String, byte[]> classes = jar(start + ".jar", file(start + ".jar"));
            module(name, start + ".jar", classes);
            has(start + "-sources.jar", jar(start + "-sources.jar", file(start + "-sources.jar")), "module-info.java");
            has(start + "-javadoc.jar", jar(start + "-javadoc.jar", file(start + "-javadoc.jar")), "index.html");
            materials(name, start + "-cyclonedx.json", file(start + "-cyclonedx.json"));
        }
    }

    /** Takes a file with its signature and checksums, and checks these. */
    private byte[] file(String path) throws Exception {
        byte[] bytes = left.remove(path);
        if (bytes == null) {
            fault("Missing", path);
            return new byte[0];
        }
        List<String> beside = new ArrayList<>();
        byte[] signature = left.remove(path + ".asc");
        if (signature == null) {
            fault("Without a signature", path);
        } else {
            beside.add(".asc");
            if (!signed(bytes, signature)) {
                fault("With a wrong signature", path);
            }
            checksums(path + ".asc", signature, false);
        }
        beside.addAll(checksums(path, bytes, true));
        System.out.printf("%,12d  %s  %s%n", bytes.length, path.substring(path.lastIndexOf('/') + 1), beside);
        return bytes;
    }

    /** Takes a file's checksums; gives the ends of their names. */
    private List<String> checksums(String path, byte[] bytes, boolean needed) throws Exception {
        List<String> found = new ArrayList<>();
        for (Map.Entry<String, String> kind : CHECKSUMS.entrySet()) {
            byte[] sum = left.remove(path + kind.getKey());
            if (sum != null) {
                found.add(kind.getKey());
                String right = HexFormat.of().formatHex(MessageDigest.getInstance(kind.getValue()).digest(bytes));
                if (!new String(sum, StandardCharsets.US_ASCII).trim().equals(right)) {
                    fault("A wrong checksum", path + kind.getKey());
                }
            }
        }
        if (needed && !found.containsAll(List.of(".md5", ".sha1"))) {
            fault("Without .md5 and .sha1", path);
        }
        return found;
    }

    private static boolean signed(byte[] bytes, byte[] signature) throws Exception {
        Path folder = Files.createTempDirectory("bundle");
        Path file = Files.write(folder.resolve("file"), bytes);
        Path asc = Files.write(folder.resolve("file.asc"), signature);
        try {
            return new ProcessBuilder("gpg", "--batch", "--quiet", "--verify", asc.toString(), file.toString())
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } finally {
            Files.delete(file);
            Files.delete(asc);
            Files.delete(folder);
        }
    }

    private void pom(String name, boolean onlyPom, String path, byte[] bytes) throws Exception {
        if (bytes.length == 0) {
            return;
        }
        Element pom = xml(bytes);
        equal(path, "groupId", GROUP, text(pom, "groupId"));
        equal(path, "artifactId", name, text(pom, "artifactId"));
        equal(path, "version", version, text(pom, "version"));
        equal(path, "packaging", onlyPom ? "pom" : "", text(pom, "packaging"));
        for (String needed : List.of(
                "name",
                "description",
                "url",
                "licenses/license/name",
                "licenses/license/url",
                "developers/developer/name",
                "scm/connection",
                "scm/developerConnection",
                "scm/url",
                "issueManagement/url")) {
            String value = text(pom, needed.split("/"));
            if (value.isEmpty()) {
                fault("Without " + needed, path);
            }
            boolean ours = needed.endsWith("rl") && !needed.startsWith("licenses") || needed.startsWith("scm");
            if (ours && (!value.contains(HOME) || value.contains(name))) {
                fault("Not an address of this project, " + value, path);
            }
        }
        for (String unwanted : List.of(
                "parent", "modules", "build", "profiles", "properties", "repositories", "pluginRepositories", "distributionManagement")) {
            if (child(pom, unwanted) != null) {
                fault("With " + unwanted, path);
            }
        }
        String words = new String(bytes, StandardCharsets.UTF_8);
        // The list of versions keeps this one, which is the same as its own.
        words = words.replace("<version>${project.version}</version>", "");
        if (words.contains("${") || words.contains("SNAPSHOT") && !version.endsWith("-SNAPSHOT")) {
            fault("With a variable or a snapshot", path);
        }
        Element managed = child(pom, "dependencyManagement");
        if ((managed != null) != onlyPom) {
            fault("Versions are managed by chat-bom, and there only", path);
        } else if (managed != null) {
            for (Element dependency : all(managed, "dependency")) {
                equal(path, "groupId of what is managed", GROUP, text(dependency, "groupId"));
                equal(path, "version of what is managed", "${project.version}", text(dependency, "version"));
            }
        }
        Element dependencies = child(pom, "dependencies");
        for (Element dependency : dependencies == null ? List.<Element>of() : all(dependencies, "dependency")) {
            String scope = text(dependency, "scope");
            // Annotations, which nobody needs who only uses a module.
            boolean annotations = scope.equals("provided") && text(dependency, "groupId").equals("org.jspecify");
            if (!Set.of("", "compile", "runtime").contains(scope) && !annotations || onlyPom) {
                fault("With the dependency " + text(dependency, "artifactId") + " of scope " + scope, path);
            }
        }
    }

    private void equal(String path, String what, String right, String found) {
        if (!found.equals(right)) {
            fault("The " + what + " is '" + found + "' and not '" + right + "'", path);
        }
    }

    private Map<String, byte[]> jar(String path, byte[] bytes) throws IOException {
        Map<String, byte[]> files = unzipped(bytes);
        for (String name : List.of("LICENSE", "NOTICE")) {
            byte[] found = files.get("META-INF/" + name);
            if (!Arrays.equals(found, Files.readAllBytes(Path.of(name)))) {
                fault("Without this project's META-INF/" + name, path);
            }
        }
        return files;
    }

    private void has(String path, Map<String, byte[]> files, String name) {
        if (!files.containsKey(name)) {
            fault("Without " + name, path);
        }
    }

    /** chat-transport-nio is the module io.parley.transport.nio, and journal-jdbc is io.parley.journal.jdbc. */
    private void module(String name, String path, Map<String, byte[]> files) throws IOException {
        has(path, files, "module-info.class");
        if (files.containsKey("module-info.class")) {
            ModuleDescriptor module =
                    ModuleDescriptor.read(new ByteArrayInputStream(files.get("module-info.class")), Set::of);
            equal(path, "module", (GROUP + "." + name.replaceFirst("^chat-", "")).replace('-', '.'), module.name());
        }
    }

    private void materials(String name, String path, byte[] bytes) {
        String words = new String(bytes, StandardCharsets.UTF_8);
        if (!words.contains("\"CycloneDX\"") || !words.contains("pkg:maven/" + GROUP + "/" + name + "@" + version)) {
            fault("Not the bill of materials of this module", path);
        }
    }

    private static Map<String, byte[]> unzipped(byte[] bytes) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!entry.isDirectory()) {
                    files.put(entry.getName(), zip.readAllBytes());
                }
            }
        }
        return files;
    }

    private static long size(Map<String, byte[]> files) {
        return files.values().stream().mapToLong(bytes -> bytes.length).sum();
    }

    private static Element xml(byte[] bytes) throws Exception {
        try (InputStream in = new ByteArrayInputStream(bytes)) {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in).getDocumentElement();
        }
    }

    /** The text of a child, or of a child's child; empty if there is none. */
    private static String text(Element element, String... names) {
        Element found = element;
        for (String name : names) {
            found = found == null ? null : child(found, name);
        }
        return found == null ? "" : found.getTextContent().trim();
    }

    private static Element child(Element element, String name) {
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child && child.getTagName().equals(name)) {
                return child;
            }
        }
        return null;
    }

    private static List<Element> all(Element element, String name) {
        List<Element> found = new ArrayList<>();
        for (int i = 0; i < element.getElementsByTagName(name).getLength(); i++) {
            found.add((Element) element.getElementsByTagName(name).item(i));
        }
        return found;
    }
}
