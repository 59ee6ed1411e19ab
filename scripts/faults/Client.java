import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Somebody at his desk: talks to either node, and goes to the other when one does not let him in. */
final class Client {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param status 0 when no answer came: what was sent may have been done or not */
    record Answer(int status, String body) {

        boolean isYes() {
            return status >= 200 && status < 300;
        }

        boolean isUnknown() {
            return status == 0 || status == 502 || status == 503;
        }

        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                return MissingNode.getInstance();
            }
        }
    }

    private final Installation installation;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();

    /** Statuses that were answered, and one example of each refusal. */
    final Map<Integer, AtomicInteger> answers = new ConcurrentHashMap<>();

    final Map<String, String> refusals = new ConcurrentHashMap<>();

    Client(Installation installation) {
        this.installation = installation;
    }

    Answer get(String user, String path) {
        return send(user, path, null, null);
    }

    Answer post(String user, String path, Object body) {
        try {
            return send(user, path, "application/json", JSON.writeValueAsString(body));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A table as the import page sends it; fails unless every row is taken. */
    void upload(String user, String kind, String csv) {
        String boundary = "----shunpi";
        String body = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + kind
                + ".csv\"\r\nContent-Type: text/csv\r\n\r\n" + csv + "\r\n--" + boundary + "--\r\n";
        Answer answer =
                send(user, "/api/" + kind + "/import", "multipart/form-data; boundary=" + boundary, body);
        if (!answer.isYes() || answer.json().path("rejected").asInt(-1) != 0) {
            throw new IllegalStateException(kind + ": " + answer);
        }
    }

    private Answer send(String user, String path, String type, String body) {
        int first = ThreadLocalRandom.current().nextInt(installation.nodes());
        for (int i = 0; i < installation.nodes(); i++) {
            int node = (first + i) % installation.nodes();
            try {
                return count(path, send(node, user, path, type, body));
            } catch (ConnectException | HttpConnectTimeoutException e) {
                // nobody there: surely not sent, so the other may have it
            } catch (IOException e) {
                return count(path, new Answer(0, ""));
            }
        }
        pause(100);
        return count(path, new Answer(0, ""));
    }

    Answer send(int node, String user, String path, String type, String body) throws IOException {
        return send(node, user, body == null ? "GET" : "POST", path, type, body);
    }

    Answer send(int node, String user, String method, String path, String type, String body) throws IOException {
        String login = Base64.getEncoder().encodeToString((user + ":demo").getBytes(StandardCharsets.UTF_8));
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        installation.address(node).resolve(path))
                .timeout(Duration.ofSeconds(90))
                .header("Accept", "application/json")
                .header("Authorization", "Basic " + login);
        if (body != null) {
            request.header("Content-Type", type).method(method, HttpRequest.BodyPublishers.ofString(body));
        }
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Answer count(String path, Answer answer) {
        answers.computeIfAbsent(answer.status, status -> new AtomicInteger()).incrementAndGet();
        if (answer.status >= 400) {
            String place = path.replaceAll("[A-Z]{2}-\\d+-\\d+|[0-9a-f]{8}-[-0-9a-f]+", "*")
                    .replaceAll("\\?.*", "");
            refusals.putIfAbsent(answer.status + " " + place, answer.body);
        }
        return answer;
    }

    static void pause(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
