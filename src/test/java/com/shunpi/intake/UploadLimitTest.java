package com.shunpi.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.shunpi.ShunpiTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Issue 2, bad input: the real server and files larger than it takes. */
@ShunpiTest
class UploadLimitTest {

    @LocalServerPort
    private int port;

    private final HttpClient client = HttpClient.newHttpClient();

    private HttpResponse<String> upload(String path, int megabytes) throws Exception {
        byte[] file = new byte[megabytes * 1024 * 1024];
        Arrays.fill(file, (byte) 'a');
        String head = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n";
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString("finance1:demo".getBytes(StandardCharsets.UTF_8)))
                .header("Content-Type", "multipart/form-data; boundary=x")
                .POST(BodyPublishers.concat(
                        BodyPublishers.ofString(head),
                        BodyPublishers.ofByteArray(file),
                        BodyPublishers.ofString("\r\n--x--\r\n")))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    @Test
    void aFileOfFiftyMegabytesIsRefusedInChinese() throws Exception {
        for (String path : new String[] {"/api/payments/import", "/api/imports/customers"}) {
            HttpResponse<String> answer = upload(path, 50);
            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(answer.body()).contains("文件太大", "20 MB");
        }
    }

    @Test
    void aFileWithinTheLimitIsLookedAt() throws Exception {
        HttpResponse<String> answer = upload("/api/payments/import", 19);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("不认识的列");
    }
}
