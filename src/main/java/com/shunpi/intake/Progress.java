package com.shunpi.intake;

/** Hears how far an import is; called outside the import's transactions. */
public interface Progress {

    /** Nobody is watching. */
    Progress NONE = new Progress() {
        @Override
        public void total(int rows) {}

        @Override
        public void done(ImportResult.Row row) {}
    };

    /** So many rows or documents will be reported. */
    void total(int rows);

    /** One of them is through, for good or ill. */
    void done(ImportResult.Row row);
}
