package com.shunpi.pricing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shunpi.shared.FieldReader;
import com.shunpi.shared.RefusedException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Reads what a form sent along as JSON. */
@Component
class SpecialPriceJson {

    record OfferInput(String validFrom, String validTo, List<SpecialPriceInput.LineInput> lines) {}

    private final ObjectMapper json;

    SpecialPriceJson(ObjectMapper json) {
        this.json = json;
    }

    SpecialPriceInput request(String text) {
        return read(text, SpecialPriceInput.class, "request", "申请");
    }

    /** @param request what the offer answers: what it does not say stays as it was asked */
    PriceOffer offer(String text, SpecialPriceRequest request) {
        OfferInput input = read(text, OfferInput.class, "offer", "还价");
        FieldReader reader = new FieldReader();
        LocalDate from = reader.date("offer.validFrom", "生效日期", input.validFrom());
        LocalDate to = reader.date("offer.validTo", "截止日期", input.validTo());
        List<PriceOffer.Line> lines = new ArrayList<>();
        List<SpecialPriceInput.LineInput> sent = input.lines() == null ? List.of() : input.lines();
        for (int i = 0; i < sent.size(); i++) {
            String at = "offer.lines[" + i + "].";
            BigDecimal price = reader.price(at + "askedPrice", "还价", sent.get(i).askedPrice());
            Integer quantity = reader.quantity(at + "quantity", sent.get(i).quantity());
            lines.add(new PriceOffer.Line(price, quantity == null ? 0 : quantity));
        }
        reader.check();
        return new PriceOffer(from == null ? request.validFrom() : from, to == null ? request.validTo() : to, lines);
    }

    private <T> T read(String text, Class<T> type, String field, String label) {
        try {
            T input = text == null ? null : json.readValue(text, type);
            if (input == null) {
                throw RefusedException.invalid(field, "没有收到" + label + "内容。");
            }
            return input;
        } catch (JsonProcessingException e) {
            throw RefusedException.invalid(field, label + "内容无法读取。");
        }
    }
}
