package com.shunpi.intake;

import com.shunpi.spreadsheet.Column;
import com.shunpi.spreadsheet.Upload;
import java.util.List;
import java.util.Set;

/** Takes one kind of table. A Spring bean; found by its kind. */
public interface Importer {

    /** The name in addresses, e.g. {@code customers}. */
    String kind();

    /** What the user calls it, e.g. 客户. */
    String label();

    /** Groups whose members may import it. */
    Set<String> groups();

    List<Column> columns();

    /**
     * Takes what can be taken; a row or document is taken whole or not at all, and a bad one does not stop the others.
     * Opens its own transactions. Refused as a whole only when the file itself cannot be read.
     */
    ImportResult run(Upload upload, Progress progress);
}
