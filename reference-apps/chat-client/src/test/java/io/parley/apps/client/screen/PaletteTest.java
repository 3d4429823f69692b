package io.parley.apps.client.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.parley.apps.client.screen.Palette.Colours;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jline.utils.Colors;
import org.junit.jupiter.api.Test;

/**
 * Every colour can be read on its background, by the contrast of WCAG 2, and the table in the README says so. To write the
 * table anew: {@code -Dparley.readme=write} on the command line of the tests.
 */
class PaletteTest {
    private static final Path README = Path.of("README.md");
    private static final String BEGIN = "<!-- contrast -->\n";
    private static final String END = "<!-- end of contrast -->\n";
    private static final List<Integer> DARK = List.of(0x000000, 0x1e1e1e);
    private static final List<Integer> LIGHT = List.of(0xffffff, 0xfdf6e3);
    private static final double ENOUGH = 4.5;

    private static Stream<Integer> all(Colours colours) {
        return Stream.concat(
                colours.names().stream(),
                Stream.of(colours.faint(), colours.mention(), colours.notice(), colours.error()));
    }

    private static double contrast(int one, int other) {
        double light = Math.max(luminance(one), luminance(other));
        double dark = Math.min(luminance(one), luminance(other));
        return (light + 0.05) / (dark + 0.05);
    }

    private static double luminance(int rgb) {
        return 0.2126 * part(rgb >> 16 & 0xff) + 0.7152 * part(rgb >> 8 & 0xff) + 0.0722 * part(rgb & 0xff);
    }

    private static double part(int value) {
        double part = value / 255.0;
        return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    }

    private static int rgb(int colour) {
        assertThat(colour).as("a colour that is the same on all terminals").isBetween(16, 255);
        return Colors.DEFAULT_COLORS_256[colour];
    }

    private static double least(int colour, List<Integer> backgrounds) {
        return backgrounds.stream()
                .mapToDouble(background -> contrast(rgb(colour), background))
                .min()
                .orElseThrow();
    }

    @Test
    void everyColourCanBeReadOnItsBackground() {
        assertThat(contrast(0x000000, 0xffffff)).isEqualTo(21, offset(0.001));
        assertThat(contrast(0x777777, 0xffffff)).isEqualTo(4.48, offset(0.01));
        assertThat(all(Colours.ON_DARK)).allMatch(colour -> least(colour, DARK) >= ENOUGH);
        assertThat(all(Colours.ON_LIGHT)).allMatch(colour -> least(colour, LIGHT) >= ENOUGH);
        assertThat(Colours.ON_DARK.names()).hasSize(14).doesNotHaveDuplicates();
        assertThat(Colours.ON_LIGHT.names()).hasSize(14).doesNotHaveDuplicates();
    }

    @Test
    void theTableInTheReadmeIsRight() throws IOException {
        String readme = Files.readString(README);
        int from = readme.indexOf(BEGIN) + BEGIN.length();
        int to = readme.indexOf(END);
        assertThat(to).isGreaterThanOrEqualTo(from);
        if ("write".equals(System.getProperty("parley.readme"))) {
            Files.writeString(README, readme.substring(0, from) + table() + readme.substring(to));
        }
        assertThat(Files.readString(README)).contains(BEGIN + table() + END);
    }

    private static String table() {
        return "| | On dark: colour, contrast | On light: colour, contrast |\n|---|---|---|\n"
                + row("A mention", colours -> List.of(colours.mention()))
                + row("A notice of the operator", colours -> List.of(colours.notice()))
                + row("An error", colours -> List.of(colours.error()))
                + row("Times and events", colours -> List.of(colours.faint()))
                + row("Names", Colours::names);
    }

    private static String row(String what, Function<Colours, List<Integer>> part) {
        return "| " + what + " | " + cell(part.apply(Colours.ON_DARK), DARK) + " | "
                + cell(part.apply(Colours.ON_LIGHT), LIGHT) + " |\n";
    }

    private static String cell(List<Integer> colours, List<Integer> backgrounds) {
        double least = colours.stream()
                .mapToDouble(colour -> least(colour, backgrounds))
                .min()
                .orElseThrow();
        String contrast = String.format(Locale.ROOT, "%.1f", least);
        return colours.size() == 1
                ? String.format("`#%06x`, ", rgb(colours.get(0))) + contrast
                : colours.size() + " colours, " + contrast + " or more";
    }
}
