import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Counts tests from Surefire's XML reports; a single-file program, run as {@code java TestCount.java}.
 *
 * <pre>
 * TestCount.java total DIRECTORY...                     prints "N passed, N failed, N skipped"
 * TestCount.java failed DIRECTORY...                    prints each test that failed, and the first line of why
 * TestCount.java at-least MINIMUM SINCE DIRECTORY...    fails when fewer ran since that instant
 * </pre>
 *
 * A directory that does not exist counts as empty.
 */
final class TestCount {
    private final List<String> failures = new ArrayList<>();
    private int passed;
    private int failed;
    private int skipped;

    private TestCount() {}

    public static void main(String[] args) throws Exception {
        List<String> words = Arrays.asList(args);
        if (words.size() >= 1 && words.get(0).equals("total")) {
            System.out.println(count(words.subList(1, words.size()), Instant.MIN));
        } else if (words.size() >= 1 && words.get(0).equals("failed")) {
            count(words.subList(1, words.size()), Instant.MIN).failures.forEach(System.out::println);
        } else if (words.size() >= 3 && words.get(0).equals("at-least")) {
            int minimum = Integer.parseInt(words.get(1));
            TestCount count = count(words.subList(3, words.size()), Instant.parse(words.get(2)));
            int ran = count.passed + count.failed;
            if (ran < minimum) {
                System.err.println("Too few tests ran: " + ran + ", and tests.minimum is " + minimum + ".");
                System.exit(1);
            }
        } else {
            System.err.println("usage: total DIRECTORY... | failed DIRECTORY... | at-least MINIMUM SINCE DIRECTORY...");
            System.exit(2);
        }
    }

    /** Reports older than {@code since} are of tests that are no longer there. */
    private static TestCount count(List<String> directories, Instant since) throws Exception {
        TestCount count = new TestCount();
        for (String directory : directories) {
            Path path = Path.of(directory);
            if (!Files.isDirectory(path)) {
                continue;
            }
            try (DirectoryStream<Path> reports = Files.newDirectoryStream(path, "TEST-*.xml")) {
                for (Path report : reports) {
                    if (!Files.getLastModifiedTime(report).toInstant().isBefore(since)) {
                        count.add(report);
                    }
                }
            }
        }
        return count;
    }

    private void add(Path report) throws IOException, XMLStreamException {
        try (var in = Files.newInputStream(report)) {
            XMLStreamReader xml = XMLInputFactory.newDefaultFactory().createXMLStreamReader(in);
            xml.nextTag();
            int bad = number(xml, "failures") + number(xml, "errors");
            failed += bad;
            skipped += number(xml, "skipped");
            passed += number(xml, "tests") - bad - number(xml, "skipped");
            addFailures(xml);
        }
    }

    private void addFailures(XMLStreamReader xml) throws XMLStreamException {
        String test = "";
        while (xml.hasNext()) {
            String element = xml.next() == XMLStreamConstants.START_ELEMENT ? xml.getLocalName() : "";
            if (element.equals("testcase")) {
                test = xml.getAttributeValue(null, "classname") + "." + xml.getAttributeValue(null, "name");
            } else if (element.equals("failure") || element.equals("error")) {
                String why = Objects.toString(xml.getAttributeValue(null, "message"), "");
                failures.add(test + ": " + why.lines().findFirst().orElse(xml.getAttributeValue(null, "type")));
            }
        }
    }

    private static int number(XMLStreamReader xml, String attribute) {
        return Integer.parseInt(xml.getAttributeValue(null, attribute));
    }

    @Override
    public String toString() {
        return passed + " passed, " + failed + " failed, " + skipped + " skipped";
    }
}
