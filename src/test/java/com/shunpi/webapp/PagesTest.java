package com.shunpi.webapp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Our pages are Chinese, and say the same in English to a browser that does not ask for Chinese. */
class PagesTest {

    private static final Pattern TEXT = Pattern.compile("<(\\w+)([^<>]*)>([^<>]*\\p{IsHan}[^<>]*)<");
    private static final Pattern ATTRIBUTE =
            Pattern.compile("(placeholder|aria-label)=\"[^\"]*\\p{IsHan}[^\"]*\"(.{0,20})");

    static List<Resource> pages() throws IOException {
        List<Resource> pages =
                Arrays.asList(new PathMatchingResourcePatternResolver().getResources("classpath:static/pages/*.html"));
        assertThat(pages).isNotEmpty();
        return pages;
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyTextHasItsEnglish(Resource page) throws IOException {
        String html = page.getContentAsString(StandardCharsets.UTF_8);
        assertThat(TEXT.matcher(html)
                        .results()
                        .filter(text -> !text.group(2).contains("data-en=\""))
                        .map(text -> text.group(3).strip()))
                .isEmpty();
        assertThat(ATTRIBUTE
                        .matcher(html)
                        .results()
                        .filter(text -> !text.group(2).startsWith(" data-en-" + text.group(1)))
                        .map(MatchResult::group))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void theLanguageIsSettledBeforeAnythingIsDrawn(Resource page) throws IOException {
        assertThat(page.getContentAsString(StandardCharsets.UTF_8))
                .containsSubsequence("assets/page-language.js", "type=\"module\"");
    }
}
