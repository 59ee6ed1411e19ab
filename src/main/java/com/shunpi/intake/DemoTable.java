package com.shunpi.intake;

import com.shunpi.spreadsheet.Upload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.springframework.core.io.ClassPathResource;

/** Loads a table of the demo company through the importer that everybody's files go through. */
public final class DemoTable {

    /** {@code {-15}} stands for the day fifteen days ago, so that the demo company never grows old. */
    private static final Pattern DAY = Pattern.compile("\\{(-?\\d+)}");

    private DemoTable() {}

    /**
     * Loads {@code demo/<kind>.csv}.
     *
     * @throws IllegalStateException when a row is rejected
     */
    public static void load(Importer importer, LocalDate today) {
        String name = importer.kind() + ".csv";
        byte[] content = text(name, today).getBytes(StandardCharsets.UTF_8);
        ImportResult result = importer.run(new Upload(name, content), Progress.NONE);
        if (result.rejected() > 0) {
            throw new IllegalStateException("demo/" + name + " has rows that cannot be taken: " + result);
        }
    }

    /** The rows of {@code demo/<name>}, by the names in its header. */
    public static List<CSVRecord> read(String name, LocalDate today) {
        try (CSVParser rows = CSVParser.parse(
                text(name, today),
                CSVFormat.RFC4180
                        .builder()
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .get())) {
            return rows.getRecords();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(String name, LocalDate today) {
        try {
            String text = new ClassPathResource("demo/" + name).getContentAsString(StandardCharsets.UTF_8);
            return DAY.matcher(text)
                    .replaceAll(
                            day -> today.plusDays(Long.parseLong(day.group(1))).toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
