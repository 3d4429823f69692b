package io.parley.apps.benchmarks;

import io.parley.apps.benchmarks.measure.Spread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Draws what was measured: a bar for each server in each scenario, and a line for each row of growth.
 *
 * <pre>java -cp benchmarks.jar io.parley.apps.benchmarks.Chart fanout|growth file.csv file.svg</pre>
 */
public final class Chart {
    private static final List<String> COLOURS =
            List.of("#1b6ca8", "#7fb3d5", "#9aa0a6", "#c0562f", "#e59866", "#8e6bbf", "#2e8b57", "#b8860b");

    private final StringBuilder svg = new StringBuilder();

    private Chart(int width, int height) {
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\""
                        + " font-size=\"12\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n",
                width,
                height));
    }

    /**
     * Draws one chart.
     *
     * @param args what it shows, the figures, and where to
     * @throws IOException if a file cannot be read or written
     */
    public static void main(String[] args) throws IOException {
        List<String[]> rows = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(args[1]))) {
            rows.add(line.split(",", -1));
        }
        rows.remove(0);
        Files.writeString(Path.of(args[2]), "growth".equals(args[0]) ? lines(rows) : bars(rows));
    }

    // ---- bars: how much CPU a delivery takes, as a multiple of the floor's in the same round

    private static final double MOST = 4;

    private static String bars(List<String[]> rows) {
        Map<String, Map<String, List<Double>>> ratios = new LinkedHashMap<>();
        Map<String, Double> floors = new LinkedHashMap<>();
        for (String[] row : rows) {
            if ("floor".equals(row[2])) {
                floors.put(row[0] + row[1], Double.parseDouble(row[4]));
            }
        }
        List<String> servers = new ArrayList<>();
        for (String[] row : rows) {
            Double floor = floors.get(row[0] + row[1]);
            if (floor != null) {
                ratios.computeIfAbsent(row[0], s -> new LinkedHashMap<>())
                        .computeIfAbsent(row[2], s -> new ArrayList<>())
                        .add(Double.parseDouble(row[4]) / floor);
                if (!servers.contains(row[2])) {
                    servers.add(row[2]);
                }
            }
        }
        int barCount = ratios.values().stream().mapToInt(Map::size).sum();
        Chart chart = new Chart(760, 60 + 16 * barCount + 30 * ratios.size());
        chart.text(
                20,
                26,
                "start",
                "CPU time per delivery, as a multiple of the floor's in the same round (median, range)");
        double unit = 420 / MOST;
        double y = 50;
        for (Map.Entry<String, Map<String, List<Double>>> scenario : ratios.entrySet()) {
            chart.text(20, y + 8, "start", scenario.getKey());
            y += 16;
            for (Map.Entry<String, List<Double>> server : scenario.getValue().entrySet()) {
                Spread spread = Spread.of(server.getValue().stream().mapToDouble(Double::doubleValue));
                double width = Math.min(MOST, spread.median()) * unit;
                chart.text(150, y + 10, "end", server.getKey());
                chart.rectangle(156, y, width, 12, COLOURS.get(servers.indexOf(server.getKey()) % COLOURS.size()));
                chart.text(162 + width, y + 10, "start", (spread.median() > MOST ? "... " : "") + spread.text("%.2f"));
                y += 16;
            }
            y += 14;
        }
        chart.line(156 + unit, 44, 156 + unit, y - 10, "#555", "4 3");
        return chart.end();
    }

    // ---- lines: CPU time per delivery over a size, both logarithmic

    private static String lines(List<String[]> rows) {
        Map<String, List<double[]>> series = new LinkedHashMap<>();
        for (String[] row : rows) {
            series.computeIfAbsent(row[0], s -> new ArrayList<>())
                    .add(new double[] {Double.parseDouble(row[1]), Double.parseDouble(row[2])});
        }
        double least = series.values().stream()
                .flatMap(List::stream)
                .mapToDouble(p -> p[1])
                .min()
                .orElse(1);
        double most = series.values().stream()
                .flatMap(List::stream)
                .mapToDouble(p -> p[1])
                .max()
                .orElse(1);
        double low = Math.floor(Math.log10(least) * 2) / 2;
        double high = Math.max(low + 0.5, Math.ceil(Math.log10(most) * 2) / 2);
        Chart chart = new Chart(840, 420);
        chart.text(20, 26, "start", "CPU-seconds per million deliveries, over members, rooms or rooms each");
        for (int power = 0; power <= 5; power++) {
            double x = 70 + power * 100;
            chart.line(x, 50, x, 370, "#ddd", "");
            chart.text(x, 388, "middle", String.format(Locale.ROOT, "%,.0f", Math.pow(10, power)));
        }
        for (double power = low; power <= high + 0.01; power += 0.5) {
            double y = 370 - (power - low) / (high - low) * 320;
            chart.line(70, y, 570, y, "#ddd", "");
            chart.text(64, y + 4, "end", String.format(Locale.ROOT, "%.2g", Math.pow(10, power)));
        }
        int index = 0;
        for (Map.Entry<String, List<double[]>> one : series.entrySet()) {
            String colour = COLOURS.get(index % COLOURS.size());
            double[] before = null;
            for (double[] point : one.getValue()) {
                double x = 70 + Math.log10(point[0]) * 100;
                double y = 370 - (Math.log10(point[1]) - low) / (high - low) * 320;
                if (before != null) {
                    chart.line(before[0], before[1], x, y, colour, "");
                }
                chart.rectangle(x - 3, y - 3, 6, 6, colour);
                before = new double[] {x, y};
            }
            chart.rectangle(590, 60 + 20 * index, 12, 12, colour);
            chart.text(608, 70 + 20 * index, "start", one.getKey());
            index++;
        }
        return chart.end();
    }

    // ---- shapes

    private void text(double x, double y, String anchor, String text) {
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        svg.append(String.format(
                Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, escaped));
    }

    private void rectangle(double x, double y, double width, double height, String colour) {
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>%n",
                x,
                y,
                width,
                height,
                colour));
    }

    private void line(double x1, double y1, double x2, double y2, String colour, String dashes) {
        svg.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-dasharray=\"%s\"/>%n",
                x1,
                y1,
                x2,
                y2,
                colour,
                dashes));
    }

    private String end() {
        return svg.append("</svg>\n").toString();
    }
}
