package com.shunpi.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.shunpi.ShunpiTest;
import com.shunpi.masterdata.Grade;
import com.shunpi.order.OrderDesk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which of the engine's indexes are not there, and that nobody misses them. */
@ShunpiTest
class EngineIndexesTest {

    private record Index(String table, List<String> columns) {}

    private static final Pattern CREATE = Pattern.compile(
            "create (?:unique )?index (\\w+) on (\\w+)\\s*\\(([^;]*)\\)\\s*;", Pattern.CASE_INSENSITIVE);

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private OrderDesk desk;

    @Autowired
    private EngineIndexes indexes;

    @Test
    void theyAreGoneAndTheOthersAreThere() {
        List<String> left = there();
        assertThat(left).doesNotContainAnyElementsOf(EngineIndexes.unneeded().toList());
        // by these the engine and our own statements look
        assertThat(left)
                .contains(
                        "act_idx_task_assignee",
                        "act_idx_hi_pro_i_buskey",
                        "act_idx_hi_pro_inst_root_pi",
                        "act_idx_hi_act_inst_procinst",
                        "act_idx_hi_detail_proc_inst",
                        "act_idx_hi_op_log_procinst");
        // what is gone already is no fault
        indexes.drop();
    }

    @Test
    void theOneThatWasDroppedForAWhileComesBack() {
        jdbc.sql("drop index act_idx_variable_task_id").update();
        indexes.drop();
        assertThat(there()).contains("act_idx_variable_task_id");
    }

    @Test
    void eachIsOneThatTheEngineMakesOnBothDatabases() throws IOException {
        assertThat(made("h2")).containsKeys(EngineIndexes.unneeded().toArray(String[]::new));
        assertThat(made("postgres")).containsKeys(EngineIndexes.unneeded().toArray(String[]::new));
    }

    @Test
    void whatTheyWouldHoldIsEmpty() throws IOException {
        // timers, a called case, variables, claims, messages
        desk.delivered(desk.customer(Grade.B), Map.of(desk.product(10), 1));
        Map<String, Index> made = made("h2");
        for (String name : EngineIndexes.OF_EMPTY_COLUMNS) {
            Index index = made.get(name);
            assertThat(jdbc.sql("select count(*) from " + index.table + " where "
                                    + String.join(" is not null or ", index.columns) + " is not null")
                            .query(Integer.class)
                            .single())
                    .as(name)
                    .isZero();
        }
    }

    @Test
    void anotherOneBeginsWithTheSameColumn() throws IOException {
        Map<String, Index> made = made("h2");
        List<String> there = there();
        for (String name : EngineIndexes.OF_BEGINNINGS) {
            Index index = made.get(name);
            boolean primaryKey = index.columns.get(0).equals("id_");
            assertThat(primaryKey
                            || made.entrySet().stream()
                                    .filter(other -> there.contains(other.getKey()))
                                    .map(Map.Entry::getValue)
                                    .anyMatch(other -> other.table.equals(index.table)
                                            && other.columns.size() > index.columns.size()
                                            && other.columns
                                                    .subList(0, index.columns.size())
                                                    .equals(index.columns)))
                    .as(name)
                    .isTrue();
        }
    }

    /** Case, task, business key; the value of a variable and the stack of a fault, which are removed with what they belong to. */
    @Test
    void everyTableIsStillSearchedByWhatPeopleAndTheEngineLookFor() throws IOException {
        List<String> asked = List.of(
                "proc_inst_id_",
                "process_instance_id_",
                "task_id_",
                "business_key_",
                "var_inst_id_",
                "job_exception_stack_id_");
        List<String> there = there();
        Map<String, Index> made = made("h2");
        made.forEach((name, index) -> {
            String first = index.columns.get(0);
            if (asked.contains(first)) {
                assertThat(made.entrySet().stream()
                                .filter(other -> other.getValue().table.equals(index.table)
                                        && other.getValue().columns.get(0).equals(first))
                                .map(Map.Entry::getKey))
                        .as("%s by %s", index.table, first)
                        .anyMatch(there::contains);
            }
        });
    }

    /** Those of the database that the test runs on. */
    private List<String> there() {
        String all = "postgresql".equals(System.getProperty("shunpi.test.database"))
                ? "select indexname from pg_indexes"
                : "select index_name from information_schema.indexes";
        return jdbc.sql(all).query(String.class).list().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
    }

    /** By the engine's own scripts. */
    private static Map<String, Index> made(String database) throws IOException {
        List<String> scripts = new ArrayList<>();
        for (String part : List.of("engine", "history")) {
            try (InputStream script = EngineIndexesTest.class.getResourceAsStream(
                    "/org/camunda/bpm/engine/db/create/activiti." + database + ".create." + part + ".sql")) {
                scripts.add(new String(script.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        Map<String, Index> indexes = new TreeMap<>();
        Matcher create = CREATE.matcher(String.join("\n", scripts).toLowerCase(Locale.ROOT));
        while (create.find()) {
            indexes.put(
                    create.group(1),
                    new Index(
                            create.group(2),
                            Arrays.stream(create.group(3).split(","))
                                    .map(String::strip)
                                    .collect(Collectors.toList())));
        }
        return indexes;
    }
}
