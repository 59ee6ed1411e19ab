package com.shunpi.decision;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Map;

/**
 * Writes facts as JSON. Its own mapper, so that the record's form does not change when the web's does: amounts are
 * strings with every digit ({@code "12.2400"}), times are ISO text, floating-point numbers are refused.
 */
final class FactsJson {

    private static final TypeReference<Map<String, Object>> FACTS = new TypeReference<>() {};

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new SimpleModule()
                    .addSerializer(BigDecimal.class, new ExactAmount())
                    .addSerializer(Double.class, new NoFloatingPoint<>(Double.class))
                    .addSerializer(Float.class, new NoFloatingPoint<>(Float.class))
                    .addSerializer(double.class, new NoFloatingPoint<>(double.class))
                    .addSerializer(float.class, new NoFloatingPoint<>(float.class)))
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .build();

    private FactsJson() {}

    static String write(Map<String, ?> facts) {
        try {
            return MAPPER.writeValueAsString(facts == null ? Map.of() : facts);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("These facts cannot be recorded: " + e.getOriginalMessage(), e);
        }
    }

    static Map<String, Object> read(String json) {
        try {
            return MAPPER.readValue(json, FACTS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A decision record holds unreadable facts", e);
        }
    }

    private static final class ExactAmount extends StdSerializer<BigDecimal> {

        ExactAmount() {
            super(BigDecimal.class);
        }

        @Override
        public void serialize(BigDecimal value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(value.toPlainString());
        }
    }

    private static final class NoFloatingPoint<T> extends StdSerializer<T> {

        NoFloatingPoint(Class<T> type) {
            super(type);
        }

        @Override
        public void serialize(T value, JsonGenerator json, SerializerProvider provider) throws IOException {
            throw new IOException("a floating-point number is no exact value, use BigDecimal: " + value);
        }
    }
}
