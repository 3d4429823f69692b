package io.parley.apps.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

class ChartTest {
    private static final String HOSTILE = "</text><script>\"&amp;' ]]> & co";
    private static final String GROWTH = "row,size,cpuSecondsPerMillion,least,greatest,bytesPerWrite,faults";

    @TempDir
    private Path folder;

    /** A chart, which must be well-formed to be read. */
    private Document draw(String kind, List<String> lines)
            throws IOException, ParserConfigurationException, SAXException {
        Path figures = folder.resolve("figures.csv");
        Path chart = folder.resolve("chart.svg");
        Files.write(figures, lines);
        Chart.main(new String[] {kind, figures.toString(), chart.toString()});
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        Document document = factory.newDocumentBuilder().parse(chart.toFile());
        assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(Files.readString(chart)).doesNotContain("NaN").doesNotContain("Infinity");
        return document;
    }

    private static List<Element> elements(Document document, String name) {
        NodeList found = document.getElementsByTagName(name);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> (Element) found.item(i))
                .toList();
    }

    private static List<String> texts(Document document) {
        return elements(document, "text").stream().map(Element::getTextContent).toList();
    }

    /** A line of a table's file. */
    private static String bar(String scenario, int round, String server, double cpu) {
        return scenario + "," + round + "," + server + ",1000," + cpu + ",0,0,0,0,0,0,0,0,0,0";
    }

    @Test
    void eachServerHasABarInEachScenario() throws Exception {
        Document chart = draw(
                "fanout",
                List.of(
                        Table.CSV_HEADER,
                        bar("1x100", 1, "ours", 0.3),
                        bar("1x100", 1, "floor", 0.1),
                        bar("1x100", 2, "floor", 0.4),
                        bar("1x100", 2, "ours", 0.4),
                        bar("1x100", 3, "ours", 0.4),
                        bar("1x100", 3, "floor", 0.2),
                        bar("100x10", 1, "ours", 9),
                        bar("100x10", 1, "floor", 1)));
        assertThat(texts(chart))
                .containsOnlyOnce("1x100", "100x10")
                .containsOnlyOnce("2.00 (1.00-3.00)", "... 9.00 (9.00-9.00)")
                .contains("ours", "floor");
        assertThat(texts(chart).stream().filter("1.00 (1.00-1.00)"::equals)).hasSize(2);
        assertThat(elements(chart, "rect").stream()
                        .skip(1) // the ground
                        .map(bar -> bar.getAttribute("width")))
                .as("twice the floor's, the floor's, as wide as it goes, the floor's")
                .containsExactly("210.0", "105.0", "420.0", "105.0");
    }

    @Test
    void eachRowOfGrowthHasALine() throws Exception {
        Document chart = draw(
                "growth",
                List.of(
                        GROWTH,
                        "ours: members,10,0.1,0,0,0,0",
                        "ours: members,100,0.2,0,0,0,0",
                        "ours: members,1000,1.0,0,0,0,0",
                        "floor: members,10,0.1,0,0,0,0",
                        "floor: members,100,0.1,0,0,0,0"));
        assertThat(texts(chart)).containsOnlyOnce("ours: members", "floor: members");
        List<String> colours = elements(chart, "line").stream()
                .map(line -> line.getAttribute("stroke"))
                .filter(colour -> !"#ddd".equals(colour))
                .toList();
        assertThat(colours).hasSize(3);
        assertThat(colours.get(0)).isEqualTo(colours.get(1)).isNotEqualTo(colours.get(2));
        assertThat(elements(chart, "rect").stream().map(point -> point.getAttribute("y")))
                .as("the ground, three points and a key, two points and a key: 0.1 below, 1.0 above")
                .containsExactly("", "367.0", "270.7", "47.0", "60.0", "367.0", "367.0", "80.0");
    }

    @Test
    void oneValueIsAChartToo() throws Exception {
        Document chart = draw("growth", List.of(GROWTH, "alone,10,1.0,0,0,0,0"));
        assertThat(texts(chart)).contains("alone");
    }

    @Test
    void aHostileNameIsOnlyText() throws Exception {
        Document bars = draw(
                "fanout", List.of(Table.CSV_HEADER, bar(HOSTILE, 1, "floor", 1), bar(HOSTILE, 1, HOSTILE + "!", 2)));
        assertThat(texts(bars)).contains(HOSTILE, HOSTILE + "!");
        assertThat(elements(bars, "script")).isEmpty();
        Document lines = draw("growth", List.of(GROWTH, HOSTILE + ",10,0.1,0,0,0,0", HOSTILE + ",100,0.2,0,0,0,0"));
        assertThat(texts(lines)).contains(HOSTILE);
    }
}
