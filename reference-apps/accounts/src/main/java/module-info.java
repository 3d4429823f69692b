/** Accounts that are kept in a journal. */
module io.parley.accounts {
    requires static org.jspecify;
    requires transitive io.parley.protocol;
    requires com.ongres.scram.common;
    requires org.bouncycastle.provider;

    exports io.parley.accounts;
}
