package com.shunpi.returns;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A word of the outer surface with its Chinese label. */
interface Labelled {

    String name();

    String label();

    /** As it stands in JSON, forms and decision tables, e.g. {@code wrong-delivery}. */
    default String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static <E extends Labelled> Optional<E> of(E[] values, String code) {
        return Arrays.stream(values).filter(value -> value.code().equals(code)).findFirst();
    }

    static <E extends Labelled> String codes(E[] values) {
        return Arrays.stream(values)
                .map(value -> value.code() + "（" + value.label() + "）")
                .collect(Collectors.joining("、"));
    }
}
