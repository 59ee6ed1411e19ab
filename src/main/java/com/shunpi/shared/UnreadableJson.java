package com.shunpi.shared;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.http.converter.HttpMessageNotReadableException;

/** Names the field at which a JSON body could not be read. */
final class UnreadableJson {

    private UnreadableJson() {}

    static List<Fault> faults(HttpMessageNotReadableException e) {
        if (!(e.getCause() instanceof JsonMappingException mapping)) {
            return List.of();
        }
        String path = mapping.getPath().stream()
                .map(step -> step.getFieldName() != null ? "." + step.getFieldName() : "[" + step.getIndex() + "]")
                .collect(Collectors.joining());
        String field = path.startsWith(".") ? path.substring(1) : path;
        String message = mapping instanceof UnrecognizedPropertyException ? "没有这个字段" : "内容无法识别";
        return field.isEmpty() ? List.of() : List.of(Fault.of(field, field + "：" + message));
    }
}
