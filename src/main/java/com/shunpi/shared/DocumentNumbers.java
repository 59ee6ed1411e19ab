package com.shunpi.shared;

import java.sql.Date;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.LinkedCaseInsensitiveMap;

/**
 * Gives documents their numbers: kind, day in Shanghai, running number, e.g. {@code SO-20261122-0001}; unique, may have
 * gaps (R6). Called before a transaction begins it holds its lock for an instant; called inside one, until that one ends.
 */
@Component
public class DocumentNumbers {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyyMMdd");

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final EarlyCommit earlyCommit;
    private final Clock clock;

    DocumentNumbers(JdbcClient jdbc, TransactionTemplate transaction, EarlyCommit earlyCommit, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.earlyCommit = earlyCommit;
        this.clock = clock;
    }

    /** @param prefix {@code SO}, {@code DV}, {@code SP}, {@code RT}, {@code CF}, {@code PC} or {@code QC} */
    public String next(String prefix) {
        return next(prefix, 1).get(0);
    }

    /** As many numbers at once, the lowest first. */
    public List<String> next(String prefix, int count) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            return draw(prefix, count, "true");
        }
        // nobody has seen a number that the power takes along: its document is committed later, and waits for the disk
        return transaction.execute(status -> draw(prefix, count, earlyCommit.condition()));
    }

    private List<String> draw(String prefix, int count, String condition) {
        KeyHolder given = new GeneratedKeyHolder();
        jdbc.sql("update document_number set"
                        + " last_number = case when issue_day >= :today then last_number + :count else :count end,"
                        + " issue_day = case when issue_day >= :today then issue_day else :today end"
                        + " where prefix = :prefix and " + condition)
                .param("today", LocalDate.now(clock.withZone(SHANGHAI)))
                .param("count", count)
                .param("prefix", prefix)
                .update(given, "issue_day", "last_number");
        Map<String, Object> row = new LinkedCaseInsensitiveMap<>();
        row.putAll(given.getKeys());
        String day = DAY.format(((Date) row.get("issue_day")).toLocalDate());
        int last = (Integer) row.get("last_number");
        return IntStream.rangeClosed(last - count + 1, last)
                .mapToObj(number -> "%s-%s-%04d".formatted(prefix, day, number))
                .toList();
    }
}
