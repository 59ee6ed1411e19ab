package com.shunpi.masterdata;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.Locale;

@Converter(autoApply = true)
class PaymentTermsConverter implements AttributeConverter<PaymentTerms, String> {

    @Override
    public String convertToDatabaseColumn(PaymentTerms terms) {
        return terms.code();
    }

    @Override
    public PaymentTerms convertToEntityAttribute(String code) {
        return PaymentTerms.valueOf(code.toUpperCase(Locale.ROOT));
    }
}
