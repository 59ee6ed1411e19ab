package com.shunpi.workflow;

/**
 * Something in a model that must not be deployed, in words a process owner understands.
 *
 * @param file canonical name of the diagram, table or form
 * @param element id of the element; null when it concerns the file as a whole
 * @param label the element's label; null when it has none
 * @param message what is wrong and what would be right, in Chinese
 */
record ModelFault(String file, String element, String label, String message) {

    @Override
    public String toString() {
        String where = element == null ? "" : "「" + (label == null ? "未命名" : label) + "」(" + element + ")";
        return file + " " + where + "：" + message;
    }
}
