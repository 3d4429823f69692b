/** Contracts for transports, gateways and journals, and fixtures for tests of programs that use Parley. */
module io.parley.testkit {
    requires static org.jspecify;
    requires transitive io.parley.protocol;
    requires org.assertj.core;
    requires org.junit.jupiter.api;

    exports io.parley.testkit.chat;
    exports io.parley.testkit.gateway;
    exports io.parley.testkit.journal;
    exports io.parley.testkit.transport;
}
