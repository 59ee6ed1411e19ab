import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reminders that do not return: whoever writes them down waits for a lock that nobody lets go, without the limit that ends such a
 * statement otherwise. There are more of them than a node has threads for. Watches whether the reminders of other orders are sent,
 * what is said of the stuck ones, and that they can be done once the cause is gone.
 */
final class StuckJobTest {

    private final List<String> faults = new ArrayList<>();
    private final Installation installation;

    private StuckJobTest(Installation installation) {
        this.installation = installation;
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = Installation.options(arguments);
        Installation installation = new Installation(
                Path.of(options.get("--folder")),
                "postgresql",
                Integer.parseInt(options.getOrDefault("--port", "18081")),
                "--spring.datasource.hikari.data-source-properties.socketTimeout=0");
        installation.start();
        StuckJobTest test = new StuckJobTest(installation);
        try (Connection connection = installation.connect()) {
            test.run(
                    connection,
                    Integer.parseInt(options.getOrDefault("--stuck", "6")),
                    Integer.parseInt(options.getOrDefault("--others", "60")));
        }
        installation.stopNodes();
        test.faults.forEach(fault -> System.out.println("FAULT " + fault));
        System.out.println(test.faults.isEmpty() ? "no faults" : test.faults.size() + " faults");
        installation.close();
        System.exit(test.faults.isEmpty() ? 0 : 1);
    }

    private void run(Connection database, int stuck, int others) throws Exception {
        Client client = new Client(installation);
        new Sales(client, installation.folder().resolve("journal.txt"), 1).masterData();
        enter(client, "S-", stuck);
        enter(client, "O-", others);
        execute(database, "create function hang() returns trigger language plpgsql as $$ begin"
                + " if new.template = 'reply-reminder' and exists (select 1 from sales_order where order_number = new.case_number"
                + " and external_number like 'S-%') then perform pg_advisory_xact_lock(1); end if; return new; end $$");
        execute(database, "create trigger hang before insert on mail_outbox for each row execute function hang()");
        execute(database, "select pg_advisory_lock(1)");

        due(database, "S-");
        await("every node is at all of them", 300, () -> number(database,
                "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and wait_event = 'advisory'")
                >= Math.min(stuck, 3) * installation.nodes());
        long start = System.nanoTime();
        due(database, "O-");
        await("the others' reminders", 300, () -> reminded(database, "O-") == others);
        System.out.printf("%d reminders that do not return, %d others, all of these sent after %.0f s%n",
                stuck, others, seconds(start));
        await("the incidents", 300, () -> number(database, "select count(*) from act_ru_incident") == stuck);
        System.out.printf("all of the stuck ones given up after %.0f s; threads at them on both nodes: %d%n",
                seconds(start),
                number(database, "select count(*) from pg_stat_activity where wait_event = 'advisory'"));
        for (int node = 0; node < installation.nodes(); node++) {
            if (!installation.health(node).contains("\"UP\"")) {
                faults.add("node " + (node + 1) + " is not well");
            }
        }

        // new ones are sent as if nothing were
        enter(client, "N-", 20);
        long later = System.nanoTime();
        due(database, "N-");
        await("later reminders", 60, () -> reminded(database, "N-") == 20);
        System.out.printf("20 later ones sent after %.1f s%n", seconds(later));

        // the cause is gone: what they have been at does not count, and an administrator has them tried again
        execute(database, "select pg_advisory_unlock(1)");
        await("the threads", 60, () -> number(database,
                "select count(*) from pg_stat_activity where wait_event = 'advisory'") == 0);
        Client.pause(1000);
        expect("reminders of stuck jobs", 0, reminded(database, "S-"));
        for (JsonNode job : client.get("admin", "/engine-rest/job?noRetriesLeft=true").json()) {
            Client.Answer again = client.send(0, "admin", "PUT", "/engine-rest/job/" + job.path("id").asText() + "/retries",
                    "application/json", "{\"retries\":1}");
            if (!again.isYes()) {
                faults.add("retries: " + again);
            }
        }
        await("the stuck ones' reminders", 120, () -> reminded(database, "S-") == stuck);
        await("no incidents", 60, () -> number(database, "select count(*) from act_ru_incident") == 0);
        expect("orders reminded of twice", 0, number(database, "select count(*) from (select case_number, recipient from mail_outbox"
                + " where template = 'reply-reminder' group by case_number, recipient having count(*) > 1) twice"));
    }

    private void enter(Client client, String prefix, int times) {
        for (int i = 1; i <= times; i++) {
            Client.Answer answer =
                    client.post("assistant1", "/api/orders", Sales.content(prefix + i, Sales.Kind.CREDIT, 1));
            if (!answer.isYes()) {
                throw new IllegalStateException(answer.toString());
            }
        }
    }

    private static void due(Connection database, String prefix) throws SQLException {
        execute(database, "update act_ru_job set duedate_ = now() - interval '1 second'"
                + " where handler_cfg_ = 'timer_replyReminder' and process_instance_id_ in (select p.id_ from act_hi_procinst p"
                + " join sales_order o on o.order_number = p.business_key_ where o.external_number like '" + prefix + "%')");
    }

    /** Orders of which somebody was reminded. */
    private static int reminded(Connection database, String prefix) throws SQLException {
        return number(database, "select count(distinct m.case_number) from mail_outbox m join sales_order o"
                + " on o.order_number = m.case_number where m.template = 'reply-reminder' and o.external_number like '"
                + prefix + "%'");
    }

    private void expect(String what, int expected, int found) {
        if (found != expected) {
            faults.add(what + ": " + found + " instead of " + expected);
        }
    }

    private interface Condition {
        boolean holds() throws SQLException;
    }

    private void await(String what, int seconds, Condition condition) throws SQLException {
        long start = System.nanoTime();
        while (!condition.holds()) {
            if (seconds(start) > seconds) {
                faults.add(what + ": not within " + seconds + " s");
                return;
            }
            Client.pause(100);
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private static void execute(Connection database, String sql) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int number(Connection database, String sql) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }
}
