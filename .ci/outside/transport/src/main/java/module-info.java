/** A transport of somebody else. */
module outside {
    requires transitive io.parley.protocol;

    exports outside;
}
