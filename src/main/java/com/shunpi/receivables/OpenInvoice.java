package com.shunpi.receivables;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * An invoice that is not fully paid.
 *
 * @param dueDate Asia/Shanghai
 * @param open what is neither paid nor credited nor written off, CNY
 */
public record OpenInvoice(
        String customerCode, String invoiceNumber, LocalDate dueDate, BigDecimal open, boolean isDisputed) {}
