package com.shunpi.workflow;

import java.nio.charset.StandardCharsets;
import java.util.SortedMap;

/**
 * One process as it is deployed: its diagram, the decision tables it refers to and its forms, under the names by which
 * they refer to each other.
 *
 * @param key the process key, which is the diagram's file name
 * @param files content by canonical name: {@code processes/x.bpmn}, {@code processes/y.dmn}, {@code forms/x/z.html}
 */
record ProcessModel(String key, SortedMap<String, byte[]> files) {

    String diagramName() {
        return "processes/" + key + ".bpmn";
    }

    byte[] diagram() {
        return files.get(diagramName());
    }

    boolean has(String file) {
        return files.containsKey(file);
    }

    String text(String file) {
        return new String(files.get(file), StandardCharsets.UTF_8);
    }
}
