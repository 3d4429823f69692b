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

    /** The table: what is expected of each way. "none" is a restriction that cannot be imposed. */
    String EXPECTED = """
            GUEST ROOM_BAN: RENAME bound, RECONNECT bound, NEW_NAME bound, SECOND_DEVICE bound, OTHER_GATEWAY bound, OTHER_ADDRESS free
            GUEST ROOM_MUTE: RENAME bound, RECONNECT bound, NEW_NAME bound, SECOND_DEVICE bound, OTHER_GATEWAY bound, OTHER_ADDRESS free
            GUEST NAME: RENAME bound, RECONNECT bound, NEW_NAME free, SECOND_DEVICE free, OTHER_GATEWAY bound, OTHER_ADDRESS bound
            GUEST ACCOUNT: RENAME none, RECONNECT none, NEW_NAME none, SECOND_DEVICE none, OTHER_GATEWAY none, OTHER_ADDRESS none
            GUEST ADDRESS: RENAME bound, RECONNECT bound, NEW_NAME bound, SECOND_DEVICE bound, OTHER_GATEWAY bound, OTHER_ADDRESS free
            GUEST NETWORK: RENAME bound, RECONNECT bound, NEW_NAME bound, SECOND_DEVICE bound, OTHER_GATEWAY bound, OTHER_ADDRESS free
            ACCOUNT ROOM_BAN: RENAME bound, RECONNECT bound, NEW_NAME bound, SECOND_DEVICE bound, OTHER_GATEWAY bound, OTHER_ADDRESS bound
            ACCOUNT ROOM_MUTE: RENAME bound, RECONNECT bound, NEW_NAME bound, SECOND_DEVICE bound, OTHER_GATEWAY bound, OTHER_ADDRESS bound
            ACCOUNT NAME: RENAME bound, RECONNECT bound, NEW_NAME free, SECOND_DEVICE bound, OTHER_GATEWAY bound, OTHER_ADDRESS bound
            ACCOUNT ACCOUNT: RENAME bound, RECONNECT bound, NEW_NAME bound, SECOND_DEVICE bound, OTHER_GATEWAY bound, OTHER_ADDRESS bound
            ACCOUNT ADDRESS: RENAME bound, RECONNECT bound, NEW_NAME bound, SECOND_DEVICE bound, OTHER_GATEWAY bound, OTHER_ADDRESS free
            ACCOUNT NETWORK: RENAME bound, RECONNECT bound, NEW_NAME bound, SECOND_DEVICE bound, OTHER_GATEWAY bound, OTHER_ADDRESS free
            """;

    /** Whom restrictions bind is as the table says. */
    @Test
    default void everyCellIsAsWritten() {
        Doorman doorman = new Doorman();
        try (Stage stage = Stage.open(this, builder -> builder.policy(doorman))) {
            int number = 0;
            for (String line : EXPECTED.lines().toList()) {
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
