package io.parley.testkit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Whom restrictions bind: each kind of restriction, against each way in which a guest or an account may come back. The user
 * restricted is one of the gateway; "other gateway" is the native protocol.
 */
public interface RestrictionTableContract extends GatewayBinding {

    /** Whom restrictions bind is as the table says. */
    @Test
    default void everyCellIsAsWritten() {
        Doorman doorman = new Doorman();
        try (Stage stage = Stage.open(this, builder -> builder.policy(doorman))) {
            int number = 0;
            for (String line : RestrictionCell.EXPECTED.lines().toList()) {
                String[] parts = line.split(": ");
                String[] row = parts[0].split(" ");
                List<String> seen = new ArrayList<>();
                for (RestrictionCell.Way way : RestrictionCell.Way.values()) {
                    RestrictionCell cell = new RestrictionCell(
                            stage, doorman, ++number, row[0].equals("ACCOUNT"), RestrictionCell.Kind.valueOf(row[1]));
                    seen.add(way + " " + cell.outcome(way));
                }
                assertThat(parts[0] + ": " + String.join(", ", seen)).isEqualTo(line);
            }
        }
    }
}
