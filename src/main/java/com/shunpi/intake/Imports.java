package com.shunpi.intake;

import com.shunpi.shared.RefusedException;
import com.shunpi.spreadsheet.Upload;
import com.shunpi.workflow.CurrentActor;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;
import org.springframework.web.multipart.MultipartFile;

/** The kinds of tables that can be imported, and importing one at once. */
@Service
public class Imports {

    private final Map<String, Importer> byKind;
    private final ImportCounts counts;
    private final CurrentActor actor;

    Imports(List<Importer> importers, ImportCounts counts, CurrentActor actor) {
        byKind = importers.stream()
                .collect(Collectors.toMap(
                        Importer::kind,
                        Function.identity(),
                        (one, other) -> {
                            throw new IllegalStateException("Two importers of " + one.kind());
                        },
                        TreeMap::new));
        this.counts = counts;
        this.actor = actor;
    }

    /** Imports a file while the caller waits. Refused unless he is in one of the importer's groups. */
    public ImportResult run(String kind, MultipartFile file) {
        return counts.run(allowed(kind), Upload.of(file), Progress.NONE);
    }

    /** The importer of a kind, for a caller who may use it. */
    Importer allowed(String kind) {
        Importer importer = byKind.get(kind);
        if (importer == null) {
            throw RefusedException.notFound("没有“" + kind + "”这种导入。");
        }
        actor.mustBeIn(importer.groups().toArray(String[]::new));
        return importer;
    }

    /** The importers the caller may use. */
    List<Importer> allowed() {
        return byKind.values().stream()
                .filter(importer -> actor.isIn(importer.groups().toArray(String[]::new)))
                .toList();
    }
}
