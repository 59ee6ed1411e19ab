package com.shunpi.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shunpi.Login;
import com.shunpi.MutableClock;
import com.shunpi.ShunpiTest;
import com.shunpi.calendar.WorkingDays;
import com.shunpi.receivables.Payment;
import com.shunpi.receivables.Receivables;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.core.io.FileSystemResource;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.LinkedMultiValueMap;

/**
 * The 1,267 real invoices of 50 customers, day by day over two years, with their payments on the days on which they really
 * came (C1–C3, C6, C7). What should have happened is computed apart, from the CSV alone. The data lies outside the project;
 * where it is missing the test says so and is skipped.
 */
@ShunpiTest
class RealInvoicesTest {

    private static final Path DATA = Path.of("..", "shared", "data");
    private static final Path OUT = Path.of("target", "real-invoices");
    private static final DateTimeFormatter US = DateTimeFormatter.ofPattern("M/d/yyyy");
    private static final LocalDate FIRST = LocalDate.of(2012, 1, 1);
    private static final LocalDate LAST = LocalDate.of(2014, 2, 28);

    @Autowired
    private TestRestTemplate http;

    @Autowired
    private ObjectMapper json;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Receivables receivables;

    @Autowired
    private CollectionRun run;

    @Autowired
    private RuntimeService runtimeService;

    @Autowired
    private Login login;

    @Autowired
    private MutableClock clock;

    /** An invoice as its source tells it. */
    private record Source(
            String number, String customer, LocalDate due, LocalDate settled, BigDecimal amount, boolean disputed) {}

    /** What was done about an invoice, or should have been. */
    private record Step(String invoice, int stage, LocalDate on, long days) {}

    @Test
    void everyLateInvoiceGoesThroughExactlyItsStages() throws Exception {
        assumeTrue(
                Files.isExecutable(DATA.resolve("to-template")),
                "SKIPPED: the real invoices are not beside the project");
        assumeTrue(toTemplate(), "SKIPPED: the real invoices need python3");
        List<Source> sources = sources();
        assertThat(sources).hasSize(1267);

        clock.set(at(FIRST));
        assertThat(upload("customers", "receivables-customers.csv", "assistant1"))
                .isEqualTo(50);
        assertThat(upload("receivables", "receivables.csv", "finance1")).isEqualTo(1267);
        long began = System.nanoTime();
        int runs = live(sources);
        Duration took = Duration.ofNanos(System.nanoTime() - began);

        Set<String> numbers = sources.stream().map(Source::number).collect(Collectors.toSet());
        List<Step> done = done(numbers);
        // exactly the stages of the table, each on its day, by a second calculation from the file
        assertThat(Set.copyOf(done)).isEqualTo(expected(sources));
        assertThat(done).doesNotHaveDuplicates();

        Map<String, Source> byNumber = sources.stream().collect(Collectors.toMap(Source::number, source -> source));
        for (Step step : done) {
            Source source = byNumber.get(step.invoice());
            assertThat(source.disputed()).as("C7: " + step).isFalse();
            assertThat(step.on()).as("C6: " + step).isBefore(source.settled());
            assertThat(step.on().getDayOfWeek()).as("C3: " + step).isNotIn(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);
        }
        Set<String> inTime = sources.stream()
                .filter(source -> !source.settled().isAfter(source.due()))
                .map(Source::number)
                .collect(Collectors.toSet());
        assertThat(done.stream().filter(step -> step.stage() > 0 && inTime.contains(step.invoice())))
                .isEmpty();
        assertThat(overlappingCases()).isZero();
        assertThat(jdbc.sql("select open_invoice from collection_item where open_invoice is not null")
                        .query(String.class)
                        .list())
                .doesNotContainAnyElementsOf(numbers);
        assertThat(runtimeService.createIncidentQuery().count()).isZero();
        report(sources, done, runs, took);
    }

    /** Money arrives in the morning, then the day's run begins. */
    private int live(List<Source> sources) {
        Map<LocalDate, List<Source>> arriving = sources.stream().collect(Collectors.groupingBy(Source::settled));
        int runs = 0;
        for (LocalDate day = FIRST; !day.isAfter(LAST); day = day.plusDays(1)) {
            clock.set(at(day));
            LocalDate today = day;
            arriving.getOrDefault(day, List.of()).forEach(source -> pay(source, today));
            run.tick();
            if (run.run(day)) {
                throw new AssertionError("run twice: " + day);
            }
            runs += jdbc.sql("select count(*) from collection_run where run_day = ? and finished_at is not null")
                    .param(day)
                    .query(Integer.class)
                    .single();
        }
        return runs;
    }

    private void pay(Source source, LocalDate day) {
        login.run(
                "finance1",
                () -> receivables.record(
                        new Payment.Facts(
                                "B" + source.number(),
                                source.customer(),
                                source.number(),
                                null,
                                source.amount(),
                                day,
                                source.customer(),
                                null),
                        "finance1"));
    }

    private static java.time.Instant at(LocalDate day) {
        return day.atTime(LocalTime.of(9, 0)).atZone(WorkingDays.ZONE).toInstant();
    }

    /** The stages as the rule has them, written down here once more: due, 1–7, 8–30, 31–60, over 60 days. */
    private static Set<Step> expected(List<Source> sources) {
        Set<Step> steps = new java.util.HashSet<>();
        for (Source source : sources) {
            if (source.disputed()) {
                continue;
            }
            int reached = 0;
            LocalDate reminder = source.due().minusDays(1);
            while (isWeekend(reminder)) {
                reminder = reminder.minusDays(1);
            }
            if (source.settled().isAfter(reminder)) {
                steps.add(new Step(source.number(), 0, reminder, ChronoUnit.DAYS.between(source.due(), reminder)));
            }
            for (LocalDate day = source.due(); day.isBefore(source.settled()); day = day.plusDays(1)) {
                long late = ChronoUnit.DAYS.between(source.due(), day);
                int stage = late == 0 ? 1 : late < 8 ? 2 : late < 31 ? 3 : late < 61 ? 4 : 5;
                if (!isWeekend(day) && stage > reached) {
                    steps.add(new Step(source.number(), stage, day, late));
                    reached = stage;
                }
            }
        }
        return steps;
    }

    private static boolean isWeekend(LocalDate day) {
        return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
    }

    private List<Step> done(Set<String> numbers) {
        return jdbc
                .sql("select invoice_number, stage, acted_on, days_overdue from collection_action")
                .query((row, n) ->
                        new Step(row.getString(1), row.getInt(2), row.getObject(3, LocalDate.class), row.getLong(4)))
                .list()
                .stream()
                .filter(step -> numbers.contains(step.invoice()))
                .toList();
    }

    private int overlappingCases() {
        return jdbc.sql("select count(*) from collection_case a join collection_case b"
                        + " on a.customer_code = b.customer_code and a.case_number < b.case_number"
                        + " where a.opened_on < coalesce(b.closed_on, date '9999-12-31')"
                        + " and b.opened_on < coalesce(a.closed_on, date '9999-12-31')")
                .query(Integer.class)
                .single();
    }

    private void report(List<Source> sources, List<Step> done, int runs, Duration took) throws IOException {
        Map<Integer, Long> stages =
                new TreeMap<>(done.stream().collect(Collectors.groupingBy(Step::stage, Collectors.counting())));
        Set<String> customers = sources.stream().map(Source::customer).collect(Collectors.toCollection(TreeSet::new));
        List<String> lines = new ArrayList<>();
        lines.add("invoices " + sources.size() + ", disputed "
                + sources.stream().filter(Source::disputed).count() + ", late "
                + sources.stream().filter(s -> s.settled().isAfter(s.due())).count() + ", late and not disputed "
                + sources.stream()
                        .filter(s -> s.settled().isAfter(s.due()) && !s.disputed())
                        .count());
        lines.add("customers " + customers.size() + ", runs " + runs + ", seconds " + took.toSeconds());
        lines.add("invoices per stage " + stages);
        lines.add("cases "
                + jdbc.sql("select count(*) from collection_case where customer_code in (:codes)")
                        .param("codes", customers)
                        .query(Integer.class)
                        .single()
                + " "
                + counts("select status, count(*) from collection_case where opened_on < date '2014-03-01'"
                        + " and opened_on >= date '2012-01-01' group by status"));
        lines.add("mails "
                + counts("select template, count(*) from mail_outbox where event like 'collection/%'"
                        + " and created_at < timestamp '2014-03-02 00:00:00' and created_at > timestamp '2011-12-31 00:00:00'"
                        + " group by template"));
        Files.write(OUT.resolve("counts.txt"), lines);
    }

    private Map<String, Integer> counts(String sql) {
        Map<String, Integer> counts = new TreeMap<>();
        jdbc.sql(sql).query(row -> {
            counts.put(row.getString(1), row.getInt(2));
        });
        return counts;
    }

    private int upload(String kind, String file, String user) throws IOException {
        LinkedMultiValueMap<String, Object> form = new LinkedMultiValueMap<>();
        form.add("file", new FileSystemResource(OUT.resolve(file)));
        HttpHeaders headers = new HttpHeaders();
        headers.setContentType(MediaType.MULTIPART_FORM_DATA);
        ResponseEntity<String> answer = http.withBasicAuth(user, "demo")
                .postForEntity("/api/" + kind + "/import", new HttpEntity<>(form, headers), String.class);
        assertThat(answer.getStatusCode().value()).as(answer.getBody()).isEqualTo(200);
        JsonNode result = json.readTree(answer.getBody());
        return result.get("accepted").asInt();
    }

    private static List<Source> sources() throws IOException {
        try (CSVParser rows = CSVParser.parse(
                DATA.resolve("receivables").resolve("invoices.csv"),
                StandardCharsets.UTF_8,
                CSVFormat.DEFAULT
                        .builder()
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .get())) {
            List<Source> sources = new ArrayList<>();
            for (CSVRecord row : rows) {
                sources.add(new Source(
                        row.get("invoiceNumber"),
                        row.get("customerID"),
                        LocalDate.parse(row.get("DueDate"), US),
                        LocalDate.parse(row.get("SettledDate"), US),
                        new BigDecimal(row.get("InvoiceAmount")),
                        row.get("Disputed").equals("Yes")));
            }
            return sources;
        }
    }

    private static boolean toTemplate() throws IOException, InterruptedException {
        Files.createDirectories(OUT);
        try {
            Process process = new ProcessBuilder(DATA.resolve("to-template").toString(), OUT.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(OUT.resolve("to-template.log").toFile())
                    .start();
            return process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
