import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * How long orders take as one spreadsheet, and how long as many take one by one through the API.
 *
 * <pre>
 * java -cp 'target/dist/lib/*' scripts/MeasureImport.java http://127.0.0.1:8080 [orders 2000] [lines 5] [rounds 3]
 * </pre>
 *
 * <p>Against a running application with the demo's accounts, on a database that is thrown away afterwards. One by one is one
 * client that waits for each answer before it sends the next order on the same connection. The rounds take turns; each has
 * orders of its own, over the same customers and products. A first, small round is not counted.
 */
public final class MeasureImport {

    private static final int CUSTOMERS = 40;
    private static final int PRODUCTS = 200;
    private static final String BOUNDARY = "----measure-import";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String base;
    private final int lines;
    /** Two runs on one database do not meet. */
    private final String run = Long.toString(System.currentTimeMillis(), 36).toUpperCase(Locale.ROOT);

    private MeasureImport(String base, int lines) {
        this.base = base;
        this.lines = lines;
    }

    public static void main(String[] arguments) throws Exception {
        int orders = number(arguments, 1, 2_000);
        int rounds = number(arguments, 3, 3);
        MeasureImport measure = new MeasureImport(arguments[0], number(arguments, 2, 5));
        measure.masterData();
        measure.asFile("warm-up-file", Math.min(orders, 200));
        measure.oneByOne("warm-up-single", Math.min(orders, 200));
        List<Double> ratios = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            double file = measure.asFile("file" + round, orders);
            double single = measure.oneByOne("single" + round, orders);
            ratios.add(file / single);
            System.out.printf(
                    Locale.ROOT,
                    "round %d: %,d order lines as a file %.1f s, one by one %.1f s, ratio %.3f%n",
                    round,
                    orders * measure.lines,
                    file,
                    single,
                    file / single);
        }
        Collections.sort(ratios);
        System.out.printf(Locale.ROOT, "median ratio %.3f%n", ratios.get(ratios.size() / 2));
    }

    private static int number(String[] arguments, int index, int otherwise) {
        return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
    }

    private void masterData() throws Exception {
        StringBuilder customers = new StringBuilder(
                "customer_code,name,grade,discount,payment_terms,credit_limit,credit_days\n");
        IntStream.range(0, CUSTOMERS)
                .forEach(i -> customers.append(customer(i))
                        .append(",客户,B,1.0000,credit,99999999999.00,30\n"));
        StringBuilder products = new StringBuilder("product_code,name,list_price,cost_price,stock\n");
        IntStream.range(0, PRODUCTS)
                .forEach(i -> products.append(product(i)).append(",产品,100.0000,70.0000,1000000\n"));
        upload("/api/customers/import", "customers.csv", customers.toString().getBytes(StandardCharsets.UTF_8), CUSTOMERS);
        upload("/api/products/import", "products.csv", products.toString().getBytes(StandardCharsets.UTF_8), PRODUCTS);
    }

    private String customer(int i) {
        return "MI" + run + "C" + i % CUSTOMERS;
    }

    private String product(int i) {
        return "MI" + run + "P" + i % PRODUCTS;
    }

    /** Seconds from the request to its answer. */
    private double asFile(String name, int orders) throws Exception {
        byte[] file = spreadsheet(name, orders);
        long begin = System.nanoTime();
        upload("/api/orders/import", "orders.xlsx", file, orders);
        return seconds(begin);
    }

    private byte[] spreadsheet(String name, int orders) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Workbook workbook = new Workbook(out, "measure", "1.0")) {
            Worksheet sheet = workbook.newWorksheet("订单");
            List<String> columns = List.of(
                    "external_number", "customer_code", "product_code", "quantity", "unit_price", "required_date",
                    "delivery_mode", "consignee", "phone", "address");
            for (int column = 0; column < columns.size(); column++) {
                sheet.value(0, column, columns.get(column));
            }
            int row = 1;
            for (int order = 0; order < orders; order++) {
                for (int line = 0; line < lines; line++) {
                    List<String> cells = List.of(
                            external(name, order), customer(order), product(order * lines + line), "1", "100.00",
                            "2030-12-31", "快递", "李四", "021-5550101", "上海市收货路 2 号");
                    for (int column = 0; column < cells.size(); column++) {
                        sheet.value(row, column, cells.get(column));
                    }
                    row++;
                }
            }
        }
        return out.toByteArray();
    }

    private String external(String name, int order) {
        return run + "-" + name + "-" + order;
    }

    private void upload(String path, String fileName, byte[] file, int expected) throws Exception {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + fileName
                        + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.write(file);
        body.write(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        String answer = send(
                path, "multipart/form-data; boundary=" + BOUNDARY, HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()));
        if (!answer.replace(" ", "").contains("\"accepted\":" + expected)) {
            throw new IllegalStateException(
                    path + " did not take all " + expected + ": " + answer.substring(0, Math.min(answer.length(), 400)));
        }
    }

    private double oneByOne(String name, int orders) throws Exception {
        List<String> bodies =
                IntStream.range(0, orders).mapToObj(order -> json(name, order)).toList();
        long begin = System.nanoTime();
        for (String body : bodies) {
            send("/api/orders", "application/json", HttpRequest.BodyPublishers.ofString(body));
        }
        return seconds(begin);
    }

    private String json(String name, int order) {
        StringBuilder items = new StringBuilder();
        for (int line = 0; line < lines; line++) {
            items.append(line == 0 ? "" : ",")
                    .append("{\"productCode\":\"")
                    .append(product(order * lines + line))
                    .append("\",\"quantity\":1,\"unitPrice\":\"100.00\"}");
        }
        return """
                {"source":"import","externalNumber":"%s","customerCode":"%s","requiredDate":"2030-12-31",
                 "deliveryMode":"快递","consignee":"李四","phone":"021-5550101","address":"上海市收货路 2 号",
                 "orderedAt":"%s","urgent":false,"remark":null,"lines":[%s]}
                """
                .formatted(external(name, order), customer(order), Instant.now(), items);
    }

    private String send(String path, String type, HttpRequest.BodyPublisher body) throws Exception {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(base + path))
                        .header("Authorization", basic())
                        .header("Content-Type", type)
                        .POST(body)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(path + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    private static String basic() {
        return "Basic " + Base64.getEncoder().encodeToString("assistant1:demo".getBytes(StandardCharsets.UTF_8));
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }
}
