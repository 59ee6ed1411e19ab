package com.shunpi.receivables;

import com.shunpi.intake.ImportResult.Row;
import com.shunpi.intake.ImportResult.Status;
import com.shunpi.intake.RowImport.Entry;
import com.shunpi.receivables.Receivables.Kept;
import java.util.List;
import java.util.stream.IntStream;

/** Says of each row what became of its document. */
final class Outcomes {

    private Outcomes() {}

    /** @param kept one per entry, in their order */
    static <T> List<Row> rows(List<Entry<T>> entries, List<Kept> kept) {
        return IntStream.range(0, entries.size())
                .mapToObj(i -> row(entries.get(i), kept.get(i)))
                .toList();
    }

    private static Row row(Entry<?> entry, Kept kept) {
        return switch (kept.outcome()) {
            case NEW -> entry.is(Status.ACCEPTED);
            case CHANGED -> entry.is(Status.UPDATED);
            case KNOWN -> entry.is(Status.DUPLICATE);
            case REFUSED, CONFLICT -> entry.rejected(kept.faults());
        };
    }
}
