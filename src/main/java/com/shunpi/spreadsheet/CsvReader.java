package com.shunpi.spreadsheet;

import com.shunpi.shared.RefusedException;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads comma-separated text in UTF-8 or GB18030. */
final class CsvReader {

    private static final Charset GB18030 = Charset.forName("GB18030");

    // blank lines count, so that rows have the numbers a spreadsheet shows
    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setIgnoreEmptyLines(false).get();

    private CsvReader() {}

    static List<RawRow> read(byte[] content) {
        RowCollector rows = new RowCollector();
        try (CSVParser parser = FORMAT.parse(new StringReader(decode(content)))) {
            for (CSVRecord record : parser) {
                List<RawCell> cells = record.stream().map(RawCell::text).toList();
                rows.add(new RawRow((int) record.getRecordNumber(), cells));
            }
        } catch (IOException | UncheckedIOException e) {
            throw RefusedException.invalid("file", "CSV 格式有误：引号没有成对，或引号后有多余内容。");
        }
        return rows.rows();
    }

    private static String decode(byte[] content) {
        if (startsWith(content, 0xFF, 0xFE) || startsWith(content, 0xFE, 0xFF)) {
            throw wrongEncoding("文件是 UTF-16 编码");
        }
        boolean marked = startsWith(content, 0xEF, 0xBB, 0xBF);
        ByteBuffer bytes = marked ? ByteBuffer.wrap(content, 3, content.length - 3) : ByteBuffer.wrap(content);
        try {
            return strictly(StandardCharsets.UTF_8, bytes);
        } catch (CharacterCodingException e) {
            if (marked) {
                throw wrongEncoding("文件标明是 UTF-8，内容却不是");
            }
        }
        if (!looksLikeGb18030(content)) {
            throw wrongEncoding("无法识别文件的编码");
        }
        try {
            return strictly(GB18030, ByteBuffer.wrap(content));
        } catch (CharacterCodingException e) {
            throw wrongEncoding("无法识别文件的编码");
        }
    }

    private static String strictly(Charset charset, ByteBuffer bytes) throws CharacterCodingException {
        return charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(bytes.duplicate())
                .toString();
    }

    /**
     * GB18030 takes nearly any bytes, so Western, Japanese and Taiwanese files would come out as nonsense. In a Chinese text
     * at least three of four characters are of the old GB 2312 set, and none is of the user-defined areas.
     */
    private static boolean looksLikeGb18030(byte[] content) {
        int common = 0;
        int rare = 0;
        for (int i = 0; i < content.length; i++) {
            int lead = content[i] & 0xFF;
            if (lead < 0x80) {
                continue;
            }
            int trail = i + 1 < content.length ? content[i + 1] & 0xFF : 0;
            if (isUserDefined(lead, trail)) {
                return false;
            }
            if (lead >= 0xA1 && lead <= 0xF7 && trail >= 0xA1) {
                common++;
            } else {
                rare++;
            }
            i += trail >= 0x30 && trail <= 0x39 ? 3 : 1;
        }
        return common >= 3 * rare;
    }

    private static boolean isUserDefined(int lead, int trail) {
        return trail >= 0xA1 && (lead >= 0xAA && lead <= 0xAF || lead >= 0xF8)
                || trail >= 0x40 && trail <= 0xA0 && lead >= 0xA1 && lead <= 0xA7;
    }

    private static boolean startsWith(byte[] content, int... bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (i >= content.length || (content[i] & 0xFF) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    private static RefusedException wrongEncoding(String what) {
        return RefusedException.invalid("file", what + "，请另存为“CSV UTF-8（逗号分隔）”或 GB18030 编码的 CSV。");
    }
}
