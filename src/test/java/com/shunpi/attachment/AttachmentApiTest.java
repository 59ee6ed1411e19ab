package com.shunpi.attachment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.shunpi.HttpUser;
import com.shunpi.MutableClock;
import com.shunpi.ShunpiTest;
import com.shunpi.shared.RefusedException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** T1: evidence. What is no picture, document or video, too large or badly named is refused and nothing of it kept. */
@ShunpiTest
class AttachmentApiTest {

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0, 0, 1};
    private static final byte[] EXE = "MZ\u0090\u0000This program cannot be run".getBytes(StandardCharsets.ISO_8859_1);

    @LocalServerPort
    private int port;

    @Autowired
    private Attachments attachments;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MutableClock clock;

    @Autowired
    private ObjectMapper json;

    private final HttpClient client = HttpClient.newHttpClient();

    private HttpResponse<String> upload(String user, String name, byte[] content) throws Exception {
        String head = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name + "\"\r\n"
                + "Content-Type: image/jpeg\r\n\r\n";
        return client.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/attachments"))
                        .header(
                                "Authorization",
                                "Basic "
                                        + Base64.getEncoder()
                                                .encodeToString((user + ":demo").getBytes(StandardCharsets.UTF_8)))
                        .header("Content-Type", "multipart/form-data; boundary=x")
                        .POST(BodyPublishers.concat(
                                BodyPublishers.ofString(head),
                                BodyPublishers.ofByteArray(content),
                                BodyPublishers.ofString("\r\n--x--\r\n")))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private long kept() {
        return jdbc.sql("select count(*) from attachment").query(Long.class).single();
    }

    private static byte[] large(int megabytes) {
        return Arrays.copyOf(PNG, megabytes * 1024 * 1024 + 1);
    }

    @Test
    void aProgramNamedJpgIsRefused() throws Exception {
        long before = kept();
        HttpResponse<String> answer = upload("rep1", "照片.jpg", EXE);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("不是允许的类型");
        assertThat(kept()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../etc/passwd.png", "C:\\\\Users\\\\a.png", "a/b.png", "..png"})
    void aPathInTheNameIsRefused(String name) throws Exception {
        long before = kept();
        HttpResponse<String> answer = upload("rep1", name, PNG);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("路径");
        assertThat(kept()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b.png", "a\u202Egnp.exe", "  ", "a\nb.png"})
    void aNameThatCannotBeSeenIsRefused(String name) {
        long before = kept();
        assertThatThrownBy(() -> attachments.keep(null, name, PNG, "rep1"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("文件");
        assertThat(kept()).isEqualTo(before);
    }

    @Test
    void whatIsTooLargeIsRefused() throws Exception {
        long before = kept();
        HttpResponse<String> eleven = upload("rep1", "大.png", large(10));
        assertThat(eleven.statusCode()).isEqualTo(400);
        assertThat(eleven.body()).contains("不能超过 10 MB");
        HttpResponse<String> huge = upload("rep1", "huge.png", large(50));
        assertThat(huge.statusCode()).isEqualTo(413);
        assertThat(huge.body()).contains("文件太大");
        HttpResponse<String> empty = upload("rep1", "空.png", new byte[0]);
        assertThat(empty.statusCode()).isEqualTo(400);
        assertThat(empty.body()).contains("是空的");
        assertThat(kept()).isEqualTo(before);
    }

    @Test
    void whoEntersNoDocumentsUploadsNone() throws Exception {
        assertThat(upload("warehouse1", "a.png", PNG).statusCode()).isEqualTo(403);
    }

    @Test
    void aFileBelongsToWhoUploadedItUntilACaseTakesItOver() throws Exception {
        HttpResponse<String> answer = upload("rep1", "外箱 破损.png", PNG);
        assertThat(answer.statusCode()).isEqualTo(201);
        String id = json.readTree(answer.body()).get("id").asText();
        assertThat(json.readTree(answer.body()).get("sha256").asText()).hasSize(64);
        // the content decides, not what the sender says
        assertThat(json.readTree(answer.body()).get("contentType").asText()).isEqualTo("image/png");

        assertThat(HttpUser.basic(port, "rep2").get("/api/attachments/" + id).statusCode())
                .isEqualTo(404);
        assertThatThrownBy(() -> attachments.claim(List.of(id), "RT-X-" + id.substring(0, 8), "rep2"))
                .hasMessageContaining("重新上传");
        attachments.claim(List.of(id), "RT-X-" + id.substring(0, 8), "rep1");
        assertThatThrownBy(() -> attachments.claim(List.of(id), "RT-Y", "rep1")).hasMessageContaining("重新上传");

        HttpResponse<String> download = HttpUser.basic(port, "technical1").get("/api/attachments/" + id);
        assertThat(download.statusCode()).isEqualTo(200);
        assertThat(download.headers().firstValue("Content-Disposition").orElse(""))
                .startsWith("attachment")
                .contains("filename*=UTF-8''");
        assertThat(download.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(HttpUser.basic(port, "admin").get("/api/attachments/" + id).statusCode())
                .isEqualTo(404);
        assertThat(HttpUser.stranger(port).get("/api/attachments/" + id).statusCode())
                .isEqualTo(401);
    }

    @Test
    void nobodyFillsTheDatabaseWithFilesThatNoCaseUses() {
        String hoarder = "hoarder-" + UUID.randomUUID();
        for (int i = 0; i < 50; i++) {
            attachments.keep(null, "a.png", PNG, hoarder);
        }
        long before = kept();
        assertThatThrownBy(() -> attachments.keep(null, "a.png", PNG, hoarder))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("已有 50 个");
        assertThat(kept()).isEqualTo(before);
        // what goes to a case at once is not counted, nor is what others uploaded
        attachments.keep("RT-" + hoarder.substring(8, 20), "a.png", PNG, hoarder);
        attachments.keep(null, "a.png", PNG, "another-" + hoarder);
    }

    @Test
    void whatNoCaseTakesOverIsRemoved() {
        String id = attachments.keep(null, "a.png", PNG, "rep2").id();
        String used = attachments.keep(null, "b.png", PNG, "rep2").id();
        attachments.claim(List.of(used), "RT-USED", "rep2");
        clock.advance(Duration.ofHours(23));
        attachments.removeUnclaimed();
        assertThat(attachments.find(id)).isPresent();
        clock.advance(Duration.ofHours(2));
        attachments.removeUnclaimed();
        assertThat(attachments.find(id)).isEmpty();
        assertThat(attachments.find(used)).isPresent();
    }
}
