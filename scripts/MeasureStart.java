import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Starts the application a number of times and measures how long it takes until a person has logged in and sees
 * Tasklist. {@code java scripts/MeasureStart.java times folder command…}; the command is started in the folder and gets
 * {@code --server.port}.
 */
public final class MeasureStart {

    private static final int PORT = Integer.getInteger("port", 18081);
    private static final String BASE = "http://127.0.0.1:" + PORT;

    public static void main(String[] arguments) throws Exception {
        int times = Integer.parseInt(arguments[0]);
        Path folder = Path.of(arguments[1]);
        List<String> command = new ArrayList<>(Arrays.asList(arguments).subList(2, arguments.length));
        command.add("--server.port=" + PORT);
        command.add("--management.server.port=" + (PORT + 1));
        System.out.println("| start | login page | logged in, Tasklist | CPU | memory | load |");
        System.out.println("|--:|--:|--:|--:|--:|--:|");
        for (int i = 1; i <= times; i++) {
            measure(i, folder, command);
        }
    }

    private static void measure(int number, Path folder, List<String> command) throws Exception {
        String load = Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
        long begin = System.nanoTime();
        Process server = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("start.log").toFile())
                .start();
        Thread killer = new Thread(server::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(killer);
        HttpClient http = HttpClient.newBuilder()
                .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
                .connectTimeout(Duration.ofSeconds(5))
                .build();
        while (!answers(http, "/login", "password")) {
            if (!server.isAlive()) {
                throw new IllegalStateException("It does not start, see " + folder.resolve("start.log"));
            }
            Thread.sleep(50);
        }
        double loginPage = since(begin);
        login(http);
        for (String part : List.of(
                "/camunda/app/tasklist/default/",
                "/camunda/api/engine/engine/default/filter?resourceType=Task",
                "/camunda/api/engine/engine/default/task/count")) {
            HttpResponse<String> answer = get(http, part);
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(part + ": " + answer.statusCode());
            }
        }
        double usable = since(begin);
        double cpu = server.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1000.0;
        long memory = Files.readAllLines(Path.of("/proc/" + server.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(0);
        System.out.printf(
                "| %d | %.1f s | %.1f s | %.1f s | %d MB | %s |%n", number, loginPage, usable, cpu, memory, load);
        server.destroy();
        if (!server.waitFor(3, TimeUnit.MINUTES)) {
            server.destroyForcibly();
        }
        Runtime.getRuntime().removeShutdownHook(killer);
    }

    private static void login(HttpClient http) throws Exception {
        String token = ((CookieManager) http.cookieHandler().orElseThrow())
                .getCookieStore().getCookies().stream()
                        .filter(cookie -> cookie.getName().equals("SHUNPI-CSRF"))
                        .findFirst()
                        .orElseThrow()
                        .getValue();
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(BASE + "/login"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "username=assistant1&password=demo&_csrf=" + token))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        String target = answer.headers().firstValue("Location").orElse("");
        if (answer.statusCode() != 302 || target.contains("error")) {
            throw new IllegalStateException("login: " + answer.statusCode() + " " + target);
        }
    }

    private static boolean answers(HttpClient http, String path, String text) throws InterruptedException {
        try {
            HttpResponse<String> answer = get(http, path);
            return answer.statusCode() == 200 && answer.body().contains(text);
        } catch (java.io.IOException e) {
            return false;
        }
    }

    private static HttpResponse<String> get(HttpClient http, String path) throws java.io.IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(BASE + path))
                        .timeout(Duration.ofSeconds(120))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static double since(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }
}
