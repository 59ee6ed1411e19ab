package com.shunpi.verification;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shunpi.shared.RefusedException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Reads the values that a form sent along as one JSON object of texts or numbers. */
@Component
class KeyedValues {

    private static final int MOST = 5_000;

    private final ObjectMapper json;

    KeyedValues(ObjectMapper json) {
        this.json = json;
    }

    /** @param text null when nothing was sent: no values then */
    Map<String, String> read(String name, String text) {
        if (text == null || text.isBlank()) {
            return Map.of();
        }
        JsonNode node;
        try {
            node = json.readTree(text);
        } catch (JsonProcessingException e) {
            throw RefusedException.invalid(name, "填写的内容无法读取。");
        }
        Map<String, String> values = new LinkedHashMap<>();
        if (node == null || !node.isObject() || node.size() > MOST) {
            throw RefusedException.invalid(name, "填写的内容无法读取。");
        }
        node.fields().forEachRemaining(field -> {
            if (!field.getValue().isValueNode()) {
                throw RefusedException.invalid(field.getKey(), "填写的内容无法读取。");
            }
            if (!field.getValue().isNull()) {
                values.put(field.getKey(), field.getValue().asText());
            }
        });
        return values;
    }
}
