package com.shunpi.order;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shunpi.shared.RefusedException;
import org.springframework.stereotype.Component;

/** Reads the order a form sent along as JSON. */
@Component
class OrderInputReader {

    private final ObjectMapper json;

    OrderInputReader(ObjectMapper json) {
        this.json = json;
    }

    OrderInput read(String text) {
        try {
            OrderInput input = text == null ? null : json.readValue(text, OrderInput.class);
            if (input == null) {
                throw RefusedException.invalid("order", "没有收到订单内容。");
            }
            return input;
        } catch (JsonProcessingException e) {
            throw RefusedException.invalid("order", "订单内容无法读取。");
        }
    }
}
