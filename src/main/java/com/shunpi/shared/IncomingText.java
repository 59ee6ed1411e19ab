package com.shunpi.shared;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import jakarta.servlet.http.HttpServletRequest;
import java.beans.PropertyEditorSupport;
import java.io.IOException;
import java.util.Arrays;
import org.springframework.boot.jackson.JsonComponent;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.bind.annotation.ModelAttribute;

/**
 * The gate for every text that comes in, by JSON, in an address or as a parameter: what no text of a person holds
 * ({@link PlainText#isForged}) is refused here, once for all fields, so that nothing behind has to think of it.
 */
final class IncomingText {

    private IncomingText() {}

    /** Texts in JSON, the documents that forms send included. */
    @JsonComponent
    static class Json extends StringDeserializer {

        @Override
        public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String text = super.deserialize(parser, context);
            return PlainText.isForged(text)
                    ? (String) context.handleWeirdStringValue(String.class, "", "control characters in a text")
                    : text;
        }
    }

    /** Parameters and parts of the address. */
    @ControllerAdvice("com.shunpi")
    static class Parameters {

        /** Those of a list of texts pass no editor; and a body is nobody's before its own reader has looked at it. */
        @ModelAttribute
        void lists(HttpServletRequest request) {
            if (HttpMethod.GET.matches(request.getMethod())) {
                request.getParameterMap().forEach((name, values) -> {
                    if (Arrays.stream(values).anyMatch(PlainText::isForged)) {
                        throw RefusedException.invalid(name, "参数含有不可见的控制字符：" + name);
                    }
                });
            }
        }

        @InitBinder
        void texts(WebDataBinder binder) {
            binder.registerCustomEditor(String.class, new PropertyEditorSupport() {

                @Override
                public void setAsText(String text) {
                    if (PlainText.isForged(text)) {
                        throw new IllegalArgumentException("control characters in a text");
                    }
                    setValue(text);
                }
            });
        }
    }
}
