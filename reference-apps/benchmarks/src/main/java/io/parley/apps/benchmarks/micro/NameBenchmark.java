package io.parley.apps.benchmarks.micro;

import io.parley.model.NamePolicy;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Checking and folding one name by the standard policy. A benchmark's one thread. */
@State(Scope.Thread)
public class NameBenchmark {
    private static final String ASCII = "Alice_1984";

    /** The name: of ASCII only, and one that has to be composed and folded. */
    @Param({ASCII, "Οδυσσε\u0301ας"})
    public String name = ASCII;

    private final NamePolicy policy = NamePolicy.standard();

    /**
     * A user's name.
     *
     * @return the name
     */
    @Benchmark
    public NamePolicy.Name user() {
        return policy.user(name);
    }
}
