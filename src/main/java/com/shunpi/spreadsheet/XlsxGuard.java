package com.shunpi.spreadsheet;

import com.fasterxml.aalto.stax.InputFactoryImpl;
import com.shunpi.shared.RefusedException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/**
 * Walks through an .xlsx once before the reader may have it: zip bombs, document types and addresses far outside the sheet
 * are refused here, while nothing has been put into memory. It unpacks and parses with the reader's own libraries, so that
 * both see the same file.
 */
final class XlsxGuard {

    private static final int MAX_ENTRIES = 1_000;
    private static final long MAX_ENTRY_BYTES = 100L * 1024 * 1024;
    private static final long MAX_TOTAL_BYTES = 200L * 1024 * 1024;
    /** Sheets pack 5 to 30 times smaller; a bomb a thousand times. Small parts may pack as well as they like. */
    private static final long MAX_RATIO = 100;

    private static final long RATIO_COUNTS_FROM = 1024 * 1024;
    private static final int MAX_ARRAY_FORMULAS = 1_000;
    /** XFD, the last column a spreadsheet has, has three letters. */
    private static final int MAX_COLUMN_LETTERS = 3;

    private static final XMLInputFactory XML = xmlWithoutEntities();

    private final byte[] content;
    private final Map<String, List<String>> mergedByPart = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, String> sheetParts = new HashMap<>();
    private long total;
    private int arrayFormulas;

    private XlsxGuard(byte[] content) {
        this.content = content;
    }

    /** Refuses a file the reader must not have. */
    static XlsxGuard inspect(byte[] content) {
        XlsxGuard guard = new XlsxGuard(content);
        try (ZipFile zip = ZipFile.builder()
                .setSeekableByteChannel(new SeekableInMemoryByteChannel(content))
                .get()) {
            List<ZipArchiveEntry> entries = Collections.list(zip.getEntries());
            if (entries.size() > MAX_ENTRIES) {
                throw bomb();
            }
            if (zip.getEntry("[Content_Types].xml") == null) {
                throw RefusedException.invalid("file", "这是一个压缩包，不是 Excel 工作簿，请另存为 .xlsx 后再导入。");
            }
            for (ZipArchiveEntry entry : entries) {
                guard.inspect(zip, entry);
            }
        } catch (IOException e) {
            throw XlsxReader.damaged();
        }
        return guard;
    }

    /** The merged ranges of a sheet, e.g. {@code B2:C3}. */
    List<String> mergedIn(String sheetId) {
        String target = sheetParts.getOrDefault(sheetId, "");
        String part = target.startsWith("/") ? target.substring(1) : "xl/" + target;
        return mergedByPart.getOrDefault(part, List.of());
    }

    private void inspect(ZipFile zip, ZipArchiveEntry entry) throws IOException {
        if (entry.isDirectory()) {
            return;
        }
        if (!zip.canReadEntryData(entry)) {
            throw RefusedException.invalid("file", "工作簿已加密，请去掉密码后再导入。");
        }
        try (InputStream in = new Counting(zip.getInputStream(entry), entry.getCompressedSize())) {
            parse(entry.getName(), in);
            in.transferTo(java.io.OutputStream.nullOutputStream());
        }
    }

    /** What is no XML (a picture, a printer's settings) ends at its first byte, and is only counted. */
    private void parse(String part, InputStream in) throws IOException {
        boolean begun = false;
        try {
            XMLStreamReader xml = XML.createXMLStreamReader(in);
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamConstants.DTD) {
                    throw RefusedException.invalid("file", "工作簿中含有不允许的文档类型声明（DTD），已拒绝。");
                }
                if (event == XMLStreamConstants.START_ELEMENT) {
                    begun = true;
                    look(part, xml);
                }
            }
        } catch (XMLStreamException e) {
            if (begun) {
                throw XlsxReader.damaged();
            }
        }
    }

    private void look(String part, XMLStreamReader xml) {
        switch (xml.getLocalName()) {
            case "c" -> {
                String address = xml.getAttributeValue(null, "r");
                if (address != null
                        && address.chars().filter(Character::isLetter).count() > MAX_COLUMN_LETTERS) {
                    throw XlsxReader.damaged();
                }
            }
            case "f" -> {
                if ("array".equals(xml.getAttributeValue(null, "t")) && ++arrayFormulas > MAX_ARRAY_FORMULAS) {
                    throw RefusedException.invalid("file", "数组公式太多，请把公式粘贴为数值后再导入。");
                }
            }
            case "mergeCell" ->
                mergedByPart.computeIfAbsent(part, p -> new ArrayList<>()).add(xml.getAttributeValue(null, "ref"));
            case "Relationship" -> {
                if (part.toLowerCase(Locale.ROOT).endsWith("_rels/workbook.xml.rels")) {
                    sheetParts.put(xml.getAttributeValue(null, "Id"), xml.getAttributeValue(null, "Target"));
                }
            }
            default -> {
                // nothing to see
            }
        }
    }

    private static XMLInputFactory xmlWithoutEntities() {
        XMLInputFactory factory = new InputFactoryImpl();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }

    private static RefusedException bomb() {
        return RefusedException.invalid("file", "文件解压后异常庞大，已拒绝。请检查文件，或另存为新的 .xlsx 后再导入。");
    }

    /** Counts what comes out of an entry and stops when it is more than an honest sheet would hold. */
    private final class Counting extends FilterInputStream {

        private final long packed;
        private long count;

        Counting(InputStream in, long packed) {
            super(in);
            this.packed = Math.max(1, Math.min(packed, content.length));
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            add(b < 0 ? 0 : 1);
            return b;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int n = super.read(buffer, offset, length);
            add(Math.max(n, 0));
            return n;
        }

        private void add(int n) {
            count += n;
            total += n;
            if (count > MAX_ENTRY_BYTES
                    || total > MAX_TOTAL_BYTES
                    || count > RATIO_COUNTS_FROM && count / packed > MAX_RATIO) {
                throw bomb();
            }
        }
    }
}
