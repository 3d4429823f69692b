package io.parley.journal.jdbc;

/** Another process has taken over the database; this one must not write any more. Immutable, for any thread. */
final class TakenOverException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String words;

    TakenOverException(String place) {
        super(place);
        this.words = "another process has taken over the journal " + place + "; this one writes nothing more. Give each"
                + " process a folder or a database of its own";
    }

    @Override
    public String getMessage() {
        return words;
    }

    String words() {
        return words;
    }
}
