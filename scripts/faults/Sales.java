import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A sales department at work: it enters orders and carries each to its end, several people at once, and writes down what
 * the server said yes to. Whoever gets no answer looks again where the case stands, as people do.
 */
final class Sales {

    static final String SOURCE = "kill-test";
    static final int PLENTY = 100_000_000;

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final long MOMENT_NANOS = 1_000_000_000;
    private static final String ASSISTANT = "assistant1";
    private static final String VERIFIER = "assistant2";

    /** How an order goes: most straight through, the others as the names say. */
    enum Kind {
        CREDIT,
        PREPAID,
        SHORT,
        REJECTED,
        CANCELLED
    }

    private static final Kind[] KINDS = {
        Kind.CREDIT, Kind.PREPAID, Kind.SHORT, Kind.REJECTED, Kind.CREDIT, Kind.PREPAID, Kind.SHORT, Kind.CANCELLED
    };

    /** An order from the day it is entered; one person at a time has it in his hands. */
    static final class Case {

        final String external;
        final Kind kind;
        volatile String number;
        String claimed;
        /** When the server last said that there is nothing to be done; 0 when there was. In nanoseconds, as the next. */
        long looked;
        /** For how long nothing could be done, as far as the server was there. */
        long idle;

        Case(String external, Kind kind) {
            this.external = external;
            this.kind = kind;
        }
    }

    /** A task whose completion was confirmed. */
    record Done(String task, String number, String step) {}

    private final Client client;
    private final Path journal;
    private final int mostOpen;
    private final Queue<Case> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger serial = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final List<Thread> people = new ArrayList<>();
    private volatile boolean entering = true;
    private volatile boolean working = true;

    /** What was confirmed. */
    final Map<String, Case> orders = new ConcurrentHashMap<>();

    final Map<String, Done> done = new ConcurrentHashMap<>();
    final Map<String, String> payments = new ConcurrentHashMap<>();
    final Map<String, String> goods = new ConcurrentHashMap<>();
    final AtomicInteger claims = new AtomicInteger();
    final AtomicInteger cancelled = new AtomicInteger();
    final AtomicInteger unknown = new AtomicInteger();
    final AtomicInteger acknowledged = new AtomicInteger();
    final Queue<String> faults = new ConcurrentLinkedQueue<>();

    /** @param mostOpen so many orders are under way at once */
    Sales(Client client, Path journal, int mostOpen) {
        this.client = client;
        this.journal = journal;
        this.mostOpen = mostOpen;
    }

    void masterData() {
        client.upload(ASSISTANT, "customers", """
                customer_code,name,grade,discount,payment_terms,credit_limit,credit_days,contact,phone,email,address,sales_rep,region
                KT-C,断电测试客户,A,1,credit,9000000000,30,张三,13800000000,kill@example.com,杭州,rep1,华东
                KT-P,断电测试现款客户,B,1,prepaid,0,0,李四,13800000001,paid@example.com,杭州,rep1,华东
                KT-M,断电测试付款客户,B,1,credit,1000000,30,王五,13800000002,money@example.com,杭州,rep1,华东
                """);
        client.upload(ASSISTANT, "products", """
                product_code,name,model,list_price,cost_price,stock,discontinued
                KT-1,测试产品一,M1,12.24,6.00,100000000,false
                KT-2,测试产品二,M2,8.00,4.00,100000000,false
                KT-3,缺货产品,M3,20.00,4.00,0,false
                """);
    }

    void begin(int threads) {
        for (int i = 0; i < threads; i++) {
            Thread person = new Thread(this::work, "person-" + i);
            person.start();
            people.add(person);
        }
    }

    /** No more orders; what is open is carried to its end. @return false when that does not happen in time */
    boolean finish(long milliseconds) throws InterruptedException {
        entering = false;
        long end = System.currentTimeMillis() + milliseconds;
        while (open.get() > 0 && System.currentTimeMillis() < end) {
            Thread.sleep(200);
        }
        working = false;
        for (Thread person : people) {
            person.join();
        }
        waiting.forEach(left -> faults.add(left.external + " (" + left.number + ", " + left.kind + ") does not end"));
        return open.get() == 0;
    }

    private void work() {
        while (working) {
            Case next = waiting.poll();
            if (next == null && entering && open.get() < mostOpen) {
                int n = serial.incrementAndGet();
                open.incrementAndGet();
                next = new Case("K-" + n, KINDS[n % KINDS.length]);
                if (n % 5 == 0) {
                    pay("PAY-" + n);
                }
            }
            if (next == null) {
                Client.pause(20);
                continue;
            }
            boolean ended = false;
            try {
                ended = visit(next);
            } catch (RuntimeException e) {
                faults.add(next.external + ": " + e);
            }
            if (ended) {
                open.decrementAndGet();
            } else {
                waiting.add(next);
            }
        }
    }

    // --- one order -----------------------------------------------------------------------------------------------

    /** Does the next thing that is to be done. @return whether the order has come to its end */
    private boolean visit(Case order) {
        if (order.number == null) {
            enter(order);
            return false;
        }
        Client.Answer found = client.get(ASSISTANT, "/api/cases/" + order.number);
        if (!found.isYes()) {
            if (found.status() == 404) {
                faults.add(order.number + " was acknowledged and is missing");
                return true;
            }
            return false;
        }
        JsonNode tasks = found.json().path("tasks");
        for (JsonNode task : tasks) {
            if (done.containsKey(task.path("id").asText())) {
                faults.add(order.number + ": " + task.path("step").asText() + " was done and is open again");
                return true;
            }
        }
        if (tasks.isEmpty()) {
            return look(order);
        }
        order.looked = 0;
        order.idle = 0;
        step(order, tasks.get(0));
        return false;
    }

    /** Nothing to do: ended, waiting for goods, or stuck. */
    private boolean look(Case order) {
        Client.Answer found = client.get(ASSISTANT, "/api/orders/" + order.number);
        String status = found.json().path("status").asText();
        String end = switch (order.kind) {
            case REJECTED -> "rejected";
            case CANCELLED -> "cancelled";
            default -> "archived";
        };
        if (status.equals(end)) {
            return true;
        }
        if (found.isYes() && order.kind == Kind.SHORT && status.equals("held")) {
            receive("DN-" + order.number);
        }
        if (found.isYes()) {
            long now = System.nanoTime();
            // while the server is down nothing can happen to it
            order.idle += order.looked == 0 ? 0 : Math.min(now - order.looked, MOMENT_NANOS);
            order.looked = now;
            if (order.idle > 120e9) {
                faults.add(order.number + " (" + order.kind + ", " + status + ") is stuck: nobody has a task");
                return true;
            }
            Client.pause(50);
        }
        return false;
    }

    private void enter(Case order) {
        Client.Answer answer = client.post(ASSISTANT, "/api/orders", content(order.external, order.kind, 2));
        if (answer.isYes()) {
            String number = answer.json().path("orderNumber").asText();
            confirmed("order " + order.external + " " + number);
            orders.put(number, order);
            order.number = number;
        } else {
            refused(answer);
        }
    }

    static Map<String, Object> content(String external, Kind kind, int quantity) {
        Map<String, Object> order = new HashMap<>(Map.of(
                "source", SOURCE,
                "externalNumber", external,
                "customerCode", kind == Kind.PREPAID ? "KT-P" : "KT-C",
                "requiredDate", "2099-12-31",
                "deliveryMode", "快递",
                "consignee", "张三",
                "phone", "13800000000",
                "address", "浙江省杭州市西湖区测试路 1 号",
                "urgent", false));
        order.put(
                "lines",
                kind == Kind.SHORT
                        ? List.of(line("KT-3", quantity, "20.0000"))
                        : List.of(line("KT-1", quantity, "12.2400"), line("KT-2", 1, "8.0000")));
        return order;
    }

    private static Map<String, Object> line(String product, int quantity, String price) {
        return Map.of("productCode", product, "quantity", quantity, "unitPrice", price);
    }

    private void step(Case order, JsonNode task) {
        String id = task.path("id").asText();
        String step = task.path("step").asText();
        String today = LocalDate.now(SHANGHAI).toString();
        boolean isShort = order.kind == Kind.SHORT;
        String amount = isShort ? "40.00" : "32.48";
        String keyed = isShort
                ? "{'lines[0].quantity':'2','lines[0].unitPrice':'20.0000'"
                : "{'lines[0].quantity':'2','lines[0].unitPrice':'12.2400','lines[1].quantity':'1','lines[1].unitPrice':'8.0000'";
        keyed = (keyed + ",'amount':'" + amount + "','taxNumber':'91310000TEST0001X'}").replace('\'', '"');
        switch (step) {
            case "userTask_reviewOrder" -> review(order, id, task.path("assignee").asText(null));
            case "userTask_promiseDate" -> complete(
                    order, id, step, ASSISTANT, "decision", "promise",
                    "promisedDate", LocalDate.now(SHANGHAI).plusDays(30).toString());
            case "userTask_confirmReceipt" -> complete(
                    order, id, step, "finance1", "decision", "confirm", "bankReference", "BK-" + order.external,
                    "receivedAmount", amount, "receivedOn", today, "payer", "李四", "bank", "测试银行");
            case "userTask_verifyDocument" -> complete(
                    order, id, step, VERIFIER, "decision", "agree", "keyed", keyed);
            case "userTask_shipOrder" -> complete(
                    order, id, step, "warehouse1", "decision", "ship", "carrier", "顺达快运",
                    "waybill", "SD-" + order.external, "pieces", "1");
            case "userTask_prepareInvoice" -> complete(
                    order, id, step, "finance1", "decision", "issue", "invoiceNumber", "INV-" + order.number,
                    "taxNumber", "91310000TEST0001X");
            case "userTask_verifyInvoice" -> complete(
                    order, id, step, "finance2", "decision", "agree", "keyed", keyed);
            case "userTask_fileNote" -> complete(
                    order, id, step, ASSISTANT, "decision", "archive", "signedBy", "张三", "signedOn", today);
            default -> throw new IllegalStateException(order.number + " (" + order.kind + ") stands at " + step);
        }
    }

    private void review(Case order, String task, String assignee) {
        if (order.kind == Kind.CANCELLED) {
            Client.Answer answer = client.post(
                    ASSISTANT, "/api/orders/" + order.number + "/cancel", Map.of("reason", "客户不要了"));
            if (answer.isYes()) {
                confirmed("cancelled " + order.number);
                cancelled.incrementAndGet();
            } else {
                refused(answer);
            }
            return;
        }
        if (task.equals(order.claimed) && !ASSISTANT.equals(assignee)) {
            faults.add(order.number + ": the claim is lost, the task is " + assignee + "'s");
        }
        if (!task.equals(order.claimed)) {
            Client.Answer answer =
                    client.post(ASSISTANT, "/engine-rest/task/" + task + "/claim", Map.of("userId", ASSISTANT));
            if (answer.isYes()) {
                confirmed("claimed " + order.number);
                claims.incrementAndGet();
                order.claimed = task;
            } else {
                refused(answer);
            }
            return;
        }
        boolean rejects = order.kind == Kind.REJECTED;
        complete(
                order, task, "userTask_reviewOrder", ASSISTANT,
                "decision", rejects ? "reject" : "approve", "comment", rejects ? "重复下单" : "");
    }

    private void complete(Case order, String task, String step, String user, String... values) {
        Map<String, Object> variables = new HashMap<>();
        for (int i = 0; i < values.length; i += 2) {
            if (!values[i + 1].isEmpty()) {
                variables.put(values[i], Map.of("value", values[i + 1]));
            }
        }
        String path = "/engine-rest/task/" + task + "/complete";
        Client.Answer answer = client.post(user, path, Map.of("variables", variables));
        if (answer.status() == 0 && task.hashCode() % 2 == 0) {
            // half of the people press the button again without looking
            answer = client.post(user, path, Map.of("variables", variables));
        }
        if (answer.isYes()) {
            confirmed("done " + order.number + " " + step + " " + task);
            done.put(task, new Done(task, order.number, step));
        } else {
            refused(answer);
        }
    }

    /** Money of a customer, and goods: each is booked once under its own key, however often it is sent. */
    private void pay(String reference) {
        book(payments, reference, "finance1", "/api/payments", Map.of(
                "bankReference", reference,
                "customerCode", "KT-M",
                "amount", "1.00",
                "receivedOn", LocalDate.now(SHANGHAI).toString(),
                "payer", "王五",
                "bank", "测试银行"));
    }

    private void receive(String reference) {
        if (!goods.containsKey(reference)) {
            book(goods, reference, "warehouse1", "/api/products/KT-3/receipts", Map.of(
                    "quantity", 2, "reference", reference));
        }
    }

    private void book(Map<String, String> book, String reference, String user, String path, Object body) {
        while (working) {
            Client.Answer answer = client.post(user, path, body);
            if (answer.isYes()) {
                confirmed("booked " + reference);
                book.put(reference, reference);
                return;
            }
            refused(answer);
        }
    }

    private void refused(Client.Answer answer) {
        if (answer.isUnknown()) {
            unknown.incrementAndGet();
            Client.pause(50);
        }
    }

    /** Written down the moment it is heard. */
    private synchronized void confirmed(String line) {
        try {
            Files.writeString(journal, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        acknowledged.incrementAndGet();
    }
}
