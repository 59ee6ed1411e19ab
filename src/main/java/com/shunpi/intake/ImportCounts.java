package com.shunpi.intake;

import com.shunpi.intake.ImportResult.Status;
import com.shunpi.spreadsheet.Upload;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.springframework.stereotype.Component;

/** Runs imports and counts for monitoring what became of their files and rows, since the start of this node. */
@Component
class ImportCounts {

    private final MeterRegistry meters;

    ImportCounts(MeterRegistry meters, List<Importer> importers) {
        this.meters = meters;
        // zeros from the start: a counter that appears with its first value shows no increase
        for (Importer importer : importers) {
            files(importer, "done");
            files(importer, "failed");
            for (Status status : Status.values()) {
                rows(importer, status);
            }
        }
    }

    /** As {@link Importer#run}. */
    ImportResult run(Importer importer, Upload upload, Progress progress) {
        boolean done = false;
        try {
            ImportResult result = importer.run(upload, progress);
            result.rows().forEach(row -> rows(importer, row.status()).increment());
            done = true;
            return result;
        } finally {
            files(importer, done ? "done" : "failed").increment();
        }
    }

    private Counter files(Importer importer, String result) {
        return Counter.builder("shunpi.import.files")
                .description("Files that were imported; failed ones were refused as a whole or met an error")
                .tag("kind", importer.kind())
                .tag("result", result)
                .register(meters);
    }

    private Counter rows(Importer importer, Status status) {
        return Counter.builder("shunpi.import.rows")
                .description("Rows, or documents of several rows, of imported files")
                .tag("kind", importer.kind())
                .tag("result", status.code())
                .register(meters);
    }
}
