/** A gateway for Parley that speaks lines of text. */
module io.parley.gateway.line {
    requires transitive io.parley.protocol;
    requires static org.jspecify;

    exports io.parley.gateway.line;
}
