package com.shunpi.webapp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The Camunda web applications speak Chinese throughout: a key that is missing from zh.json shows raw, and a lost
 * placeholder swallows the value it stands for. The measure is the en.json of the webjar in use, so that a new
 * Camunda version fails here and not before the users' eyes.
 */
class ChineseWebappTest {

    private static final String APPS = "META-INF/resources/webjars/camunda/app/";

    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{.*?}}|\\{}|%[ds]");
    private static final Pattern TAG = Pattern.compile("</?[a-zA-Z][^>]*>");

    /** Symbols, formats and technical names that are written alike in both languages. */
    private static final Set<String> SAME_IN_BOTH_LANGUAGES = Set.of("", "<", "<=", ">", ">=", "ID");

    /** English brackets a word where Chinese does too, which only looks like a tag. */
    private static final Set<String> BRACKETED_WORDS =
            Set.of("<null>", "<undefined>", "<definition>", "<version>", "<Operation>");

    @ParameterizedTest
    @ValueSource(strings = {"tasklist", "cockpit", "admin", "welcome"})
    void everyKeyIsThereAndNoOther(String app) throws IOException {
        Set<String> chinese = texts(app, "zh").keySet();
        Set<String> english = texts(app, "en").keySet();
        assertThat(without(english, chinese))
                .as("keys that %s lacks in Chinese", app)
                .isEmpty();
        assertThat(without(chinese, english))
                .as("Chinese keys that %s does not know", app)
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tasklist", "cockpit", "admin", "welcome"})
    void placeholdersAndTagsAreKept(String app) throws IOException {
        Map<String, String> chinese = texts(app, "zh");
        texts(app, "en").forEach((key, english) -> {
            String translated = chinese.getOrDefault(key, "");
            assertThat(found(PLACEHOLDER, translated))
                    .as("placeholders of %s in %s", key, app)
                    .isEqualTo(found(PLACEHOLDER, english));
            if (!BRACKETED_WORDS.contains(english)) {
                assertThat(found(TAG, translated))
                        .as("tags of %s in %s", key, app)
                        .isEqualTo(found(TAG, english));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"tasklist", "cockpit", "admin", "welcome"})
    void everyTextIsTranslated(String app) throws IOException {
        Map<String, String> english = texts(app, "en");
        Map<String, String> untranslated = new TreeMap<>();
        texts(app, "zh").forEach((key, text) -> {
            boolean label = key.startsWith("/labels/");
            if (label && !HAN.matcher(text).find() && !SAME_IN_BOTH_LANGUAGES.contains(text)) {
                untranslated.put(key, text);
            }
            if (text.equals(english.get(key)) && label && !SAME_IN_BOTH_LANGUAGES.contains(text)) {
                untranslated.put(key, text);
            }
        });
        assertThat(untranslated).as("texts of %s without Chinese", app).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tasklist", "cockpit", "admin"})
    void datesAreWrittenTheChineseWay(String app) throws IOException {
        Map<String, String> texts = texts(app, "zh");
        assertThat(texts)
                .containsEntry("/dateLocales/longDateFormat/LLL", "YYYY年M月D日 HH:mm")
                .containsEntry("/dateLocales/months/10", "11月")
                .containsEntry("/dateLocales/relativeTime/past", "%s前");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tasklist", "cockpit", "admin", "welcome"})
    void chineseIsOfferedFirst(String app) throws IOException {
        assertThat(read(APPS + app + "/scripts/config.js")).contains("availableLocales: ['zh', 'en']");
    }

    /** The application stays blank when one of its scripts is missing. */
    @ParameterizedTest
    @ValueSource(strings = {"tasklist", "cockpit", "admin", "welcome"})
    void everyScriptOfOursIsThere(String app) throws IOException {
        Pattern script = Pattern.compile("'(scripts/shunpi/[^']+)'");
        for (MatchResult named : script.matcher(read(APPS + app + "/scripts/config.js"))
                .results()
                .toList()) {
            String source = read(APPS + app + "/" + named.group(1) + ".js");
            for (String imported : found(Pattern.compile("(?<=from '\\./)[^']+"), source)) {
                assertThat(read(APPS + app + "/scripts/shunpi/" + imported)).isNotBlank();
            }
        }
    }

    private static Set<String> without(Set<String> keys, Set<String> others) {
        Set<String> rest = new TreeSet<>(keys);
        rest.removeAll(others);
        return rest;
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(MatchResult::group)
                .map(part -> part.replace(" ", ""))
                .sorted()
                .toList();
    }

    /** All texts of a locale file by their JSON pointer. */
    private static Map<String, String> texts(String app, String locale) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        collect("", new ObjectMapper().readTree(read(APPS + app + "/locales/" + locale + ".json")), texts);
        return texts;
    }

    private static void collect(String pointer, JsonNode node, Map<String, String> texts) {
        if (node.isObject()) {
            node.fields().forEachRemaining(field -> collect(pointer + "/" + field.getKey(), field.getValue(), texts));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collect(pointer + "/" + i, node.get(i), texts);
            }
        } else {
            texts.put(pointer, node.asText());
        }
    }

    private static String read(String resource) throws IOException {
        try (InputStream in = ChineseWebappTest.class.getClassLoader().getResourceAsStream(resource)) {
            assertThat(in).as(resource).isNotNull();
            // the shipped files begin with a byte order mark
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceFirst("^\uFEFF", "");
        }
    }
}
